import { statement, table } from './statement';

/** libs/queue: work is offered in turns over the offices, and one caller at a time tries a gate that was shut. */
export const centre = [
  statement(
    'Work_by_office_1763800000401',
    `alter table work
       add column office_id binary(16) null,
       add key work_turn (kind, lane, office_id, rank_at, due_at),
       add key work_rank (kind, lane, rank_at, due_at)`,
    'alter table work drop key work_turn, drop key work_rank, drop column office_id',
  ),
  statement(
    'Work_office_of_cases_1763800000402',
    'update work join ticket on ticket.id = work.subject_id set work.office_id = ticket.office_id',
    'update work set office_id = null',
  ),
  // Until now only the urgent lane was in the order of this column; elsewhere it held a deadline that lies ahead.
  statement(
    'Work_place_in_regular_lane_1763800000403',
    `update work set rank_at = due_at where lane = 'regular'`,
    'do 0',
  ),
  table(
    'turn',
    1763800000404,
    `kind varchar(16) character set ascii collate ascii_bin not null primary key,
     office_id binary(16) null,
     swept_at datetime(3) not null`,
  ),
  statement(
    'Gate_probe_1763800000405',
    'alter table gate add column probe_until datetime(3) null',
    'alter table gate drop column probe_until',
  ),
];
