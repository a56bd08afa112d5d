import { statement, table } from './statement';

/** libs/lag: how long the resync takes of late, learned from the pushes, and what it says of each open case. */
export const lag = [
  statement(
    'Add_hand_over_lag_1763800000501',
    `alter table hand_over
       add column region varchar(16) character set ascii collate ascii_bin null,
       add column mismatched_at datetime(3) null,
       add column proved_at datetime(3) null,
       add column predicted_from datetime(3) null,
       add column predicted_to datetime(3) null,
       add column predicted_by90 datetime(3) null`,
    `alter table hand_over drop column region, drop column mismatched_at, drop column proved_at,
       drop column predicted_from, drop column predicted_to, drop column predicted_by90`,
  ),
  statement(
    'Add_hand_over_region_1763800000502',
    `alter table hand_over
       add key hand_over_region (region, accepted_at), add key hand_over_accepted (accepted_at)`,
    'alter table hand_over drop key hand_over_region, drop key hand_over_accepted',
  ),
  table(
    'lag_estimate',
    1763800000503,
    `region varchar(16) character set ascii collate ascii_bin not null primary key,
     computed_at datetime(3) not null,
     events int unsigned not null,
     censored int unsigned not null,
     pushes int unsigned not null,
     curve text character set utf8mb4 collate utf8mb4_bin not null`,
  ),
  statement(
    'Add_ticket_pushed_at_1763800000504',
    'alter table ticket add column pushed_at datetime(3) null',
    'alter table ticket drop column pushed_at',
  ),
  statement(
    'Fill_ticket_pushed_at_1763800000505',
    'update ticket set pushed_at = accepted_at where open_marker = 1',
    'update ticket set pushed_at = null where open_marker = 1',
  ),
  statement(
    'Add_ticket_deadline_1763800000506',
    'alter table ticket add key ticket_deadline (open_marker, urgent, deadline_at)',
    'alter table ticket drop key ticket_deadline',
  ),
];
