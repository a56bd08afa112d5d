import { code, json } from './column-types';
import { table } from './statement';

/** The tables of libs/events. */
export const eventsTables = [
  table(
    'event',
    1764600000015,
    `id binary(16) not null,
     position bigint unsigned null,
     type ${code(40)} not null,
     subject ${code(64)} not null,
     office_id binary(16) null,
     data ${json} not null,
     at datetime(3) not null,
     primary key (id),
     unique key event_position (position),
     key event_at (at)`,
  ),
  table(
    'event_stream',
    1764600000016,
    `name ${code(8)} not null,
     last_position bigint unsigned not null,
     primary key (name)`,
  ),
];
