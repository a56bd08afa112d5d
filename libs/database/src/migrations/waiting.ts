import { statement } from './statement';

const code = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;

/** libs/tickets: what a case waits for and since when, who knows of it, and the proof of a resolved one. */
export const waiting = [
  statement(
    'Add_waiting_to_ticket_1763800000601',
    `alter table \`ticket\`
     add column waits_for ${code(40)} null,
     add column waiting_since datetime(3) null,
     add column known_until datetime(3) null,
     add column known_note_id binary(16) null,
     add column contested_at datetime(3) null,
     add column proof_id binary(16) null,
     add key ticket_waiting (waiting_since, id, office_id, waits_for, status, urgent),
     add key ticket_office_waiting (office_id, waiting_since, id, waits_for, status, urgent)`,
    `alter table \`ticket\`
     drop key ticket_waiting,
     drop key ticket_office_waiting,
     drop column waits_for,
     drop column waiting_since,
     drop column known_until,
     drop column known_note_id,
     drop column contested_at,
     drop column proof_id`,
  ),
  // Until now a push that came to nothing left its delivery as it was while the next one waited to be sent.
  statement(
    'Wait_for_next_push_1763800000602',
    `update ticket join work on work.subject_id = ticket.id and work.kind = 'hand-over' set ticket.delivery = 'waiting'`,
    'do 0',
  ),
  // When exactly a status began is not known of older cases: the last instant that is certain.
  statement(
    'Fill_waiting_of_ticket_1763800000603',
    `update ticket set waiting_since = coalesce(suspended_at, accepted_at, round_at),
       waits_for = coalesce(reason, case when delivery in ('accepted', 'applied') then 'waiting_for_resync'
         when pushes > 0 then 'waiting_for_new_push' else 'waiting_for_hand_over' end)
     where open_marker = 1`,
    'do 0',
  ),
  statement(
    'Fill_proof_of_ticket_1763800000604',
    `update ticket set proof_id = (
       select reading.id from reading where reading.ticket_id = ticket.id and reading.round = ticket.round
         and reading.matched = 1 order by reading.read_at desc, reading.id desc limit 1)
     where state = 'resolved'`,
    'do 0',
  ),
  // Closed means proved, also for whoever writes SQL by hand.
  statement(
    'Prove_resolved_ticket_1763800000605',
    `alter table \`ticket\` add constraint ticket_resolved_is_proved check (state <> 'resolved' or proof_id is not null)`,
    'alter table `ticket` drop constraint ticket_resolved_is_proved',
  ),
  statement(
    'Add_since_to_gate_1763800000606',
    'alter table `gate` add column since datetime(3) null',
    'alter table `gate` drop column since',
  ),
];
