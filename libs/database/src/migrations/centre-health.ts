import { statement } from './statement';

/** libs/resync: which incident of the centre holds a case's clock. */
export const centreHealth = [
  statement(
    'Add_ticket_held_by_1763800000451',
    'alter table ticket add column held_by varchar(32) character set ascii collate ascii_bin null, add key ticket_held (held_by)',
    'alter table ticket drop key ticket_held, drop column held_by',
  ),
];
