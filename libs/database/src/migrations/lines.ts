import { code } from './column-types';
import { table } from './statement';

/** The tables of libs/lines. */
export const linesTables = [
  table(
    'inbound',
    1764600000041,
    `id binary(16) not null,
     channel ${code(16)} not null,
     body_hash binary(32) not null,
     sealed longblob not null,
     received_at datetime(3) not null,
     primary key (id),
     unique key inbound_body (body_hash)`,
  ),
];
