import { code, json } from './column-types';
import { table } from './statement';

/** The tables of libs/webhooks. */
export const webhooksTables = [
  table(
    'webhook_endpoint',
    1764600000022,
    `id binary(16) not null,
     office_id binary(16) not null,
     types ${json} not null,
     sealed blob not null,
     created_at datetime(3) not null,
     created_by binary(16) null,
     failing_since datetime(3) null,
     disabled_at datetime(3) null,
     disabled_reason ${code(32)} null,
     primary key (id),
     key webhook_endpoint_office (office_id, id)`,
  ),
];
