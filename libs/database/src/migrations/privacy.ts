import { code } from './column-types';
import { table } from './statement';

/** The tables of libs/privacy. */
export const privacyTables = [
  table(
    'breach',
    1764600000040,
    `id binary(16) not null,
     office_id binary(16) not null,
     recorded_by binary(16) not null,
     recorded_at datetime(3) not null,
     discovered_at datetime(3) not null,
     window_from datetime(3) not null,
     window_to datetime(3) not null,
     concerns ${code(8)} not null,
     subject_id binary(16) not null,
     notice_given_at datetime(3) null,
     notice_by binary(16) null,
     sealed blob not null,
     primary key (id),
     key breach_notice (notice_given_at, discovered_at)`,
  ),
];
