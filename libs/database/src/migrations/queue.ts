import { code } from './column-types';
import { table } from './statement';

/** The tables of libs/queue. */
export const queueTables = [
  table(
    'work',
    1764600000011,
    `id binary(16) not null,
     kind ${code(16)} not null,
     subject_id binary(16) not null,
     due_at datetime(3) not null,
     lane ${code(8)} not null,
     rank_at datetime(3) not null,
     lease_no int unsigned not null,
     leased_until datetime(3) null,
     attempts int unsigned not null,
     reason ${code(40)} null,
     office_id binary(16) null,
     primary key (id),
     unique key work_subject (kind, subject_id),
     key work_due (kind, lane, due_at),
     key work_lease (kind, leased_until),
     key work_turn (kind, lane, office_id, rank_at, due_at),
     key work_rank (kind, lane, rank_at, due_at)`,
  ),
  table(
    'dispatch_turn',
    1764600000012,
    `kind ${code(16)} not null,
     last_office_id binary(16) null,
     dispatched_at datetime(3) not null,
     primary key (kind)`,
  ),
  table(
    'gate',
    1764600000013,
    `name ${code(32)} not null,
     reason ${code(40)} not null,
     closed_until datetime(3) not null,
     failures int unsigned not null,
     probe_until datetime(3) null,
     since datetime(3) null,
     primary key (name)`,
  ),
  table(
    'heartbeat',
    1764600000014,
    `process ${code(16)} not null,
     at datetime(3) not null,
     primary key (process)`,
  ),
];
