import { code, json } from './column-types';
import { table } from './statement';

/** The tables of libs/lag. */
export const lagTables = [
  table(
    'lag_estimate',
    1764600000023,
    `region ${code(16)} not null,
     computed_at datetime(3) not null,
     events int unsigned not null,
     censored int unsigned not null,
     pushes int unsigned not null,
     curve ${json} not null,
     primary key (region)`,
  ),
];
