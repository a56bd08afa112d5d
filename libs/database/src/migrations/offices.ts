import { code, text } from './column-types';
import { table } from './statement';

/** The tables of libs/offices. */
export const officesTables = [
  table(
    'office',
    1764600000001,
    `id binary(16) not null,
     code ${code(16)} not null,
     name ${text(120)} not null,
     level ${code(8)} not null,
     parent_id binary(16) null,
     zone ${code(32)} not null,
     created_at datetime(3) not null,
     successor_id binary(16) null,
     closing_since datetime(3) null,
     closing_by binary(16) null,
     closing_note blob null,
     closed_at datetime(3) null,
     primary key (id),
     unique key office_code (code),
     key office_parent (parent_id)`,
  ),
  table(
    'holiday',
    1764600000002,
    `office_id binary(16) not null,
     day ${code(10)} not null,
     name ${text(80)} not null,
     changed_at datetime(3) not null,
     changed_by binary(16) null,
     primary key (office_id, day)`,
  ),
  table(
    'office_tree',
    1764600000042,
    `id tinyint unsigned not null,
     version bigint unsigned not null,
     primary key (id)`,
  ),
];
