import { statement, table } from './statement';

const code = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;
const name = (length: number) => `varchar(${length}) character set utf8mb4 collate utf8mb4_bin`;
const json = 'text character set utf8mb4 collate utf8mb4_bin';

/** libs/escalation: who is asked in which order, and the story of each escalation. */
export const ladder = [
  table(
    'escalation_policy',
    1764300000201,
    `office_id binary(16) not null primary key,
     version int unsigned not null,
     rules ${json} not null,
     changed_at datetime(3) not null,
     changed_by binary(16) null`,
  ),
  table(
    'rota',
    1764300000202,
    `id binary(16) not null primary key,
     office_id binary(16) not null,
     name ${name(60)} not null,
     plan ${json} not null,
     changed_at datetime(3) not null,
     changed_by binary(16) null,
     key rota_office (office_id, id)`,
  ),
  table(
    'rota_override',
    1764300000203,
    `id binary(16) not null primary key,
     rota_id binary(16) not null,
     officer_id binary(16) not null,
     from_at datetime(3) not null,
     to_at datetime(3) not null,
     made_at datetime(3) not null,
     made_by binary(16) null,
     key rota_override_rota (rota_id, to_at)`,
  ),
  table(
    'holiday',
    1764300000204,
    `office_id binary(16) not null,
     day ${code(10)} not null,
     name ${name(80)} not null,
     changed_at datetime(3) not null,
     changed_by binary(16) null,
     primary key (office_id, day)`,
  ),
  table(
    'escalation_entry',
    1764300000205,
    `id binary(16) not null primary key,
     escalation_id binary(16) not null,
     at datetime(3) not null,
     kind ${code(32)} not null,
     officer_id binary(16) null,
     data ${json} null,
     key escalation_entry_story (escalation_id, at, id)`,
  ),
  statement(
    'Add_ladder_to_escalation_1764300000206',
    `alter table \`escalation\`
     add column ticket_code ${code(14)} null,
     add column deadline_at datetime(3) null,
     add column policy ${json} null,
     add column run_no int unsigned not null default 0,
     add column step_no int unsigned not null default 0,
     add column notified_at datetime(3) null,
     add column unanswered_at datetime(3) null,
     add column held_until datetime(3) null,
     add column received_at datetime(3) null`,
    `alter table \`escalation\`
     drop column ticket_code,
     drop column deadline_at,
     drop column policy,
     drop column run_no,
     drop column step_no,
     drop column notified_at,
     drop column unanswered_at,
     drop column held_until,
     drop column received_at`,
  ),
  // Nothing rests on a server default: the rows that stood are filled, and new ones say it themselves.
  statement(
    'State_ladder_numbers_1764300000207',
    `alter table \`escalation\`
     modify column run_no int unsigned not null,
     modify column step_no int unsigned not null`,
    `alter table \`escalation\`
     modify column run_no int unsigned not null default 0,
     modify column step_no int unsigned not null default 0`,
  ),
  statement(
    'Fill_code_of_escalation_1764300000208',
    `update escalation join ticket on ticket.id = escalation.ticket_id
     set escalation.ticket_code = ticket.code, escalation.deadline_at = ticket.deadline_at`,
    'do 0',
  ),
  // Whoever had one when the version came has half an hour from then.
  statement(
    'Fill_hold_of_escalation_1764300000209',
    `update escalation set held_until = utc_timestamp(3) + interval 30 minute
     where state in ('acknowledged', 'handed_off')`,
    'do 0',
  ),
  statement(
    'Add_bundle_to_handoff_1764300000210',
    `alter table \`handoff\`
     add column bundle_id binary(16) null,
     add column viewed_at datetime(3) null,
     add column viewed_by binary(16) null,
     add key handoff_bundle (bundle_id)`,
    `alter table \`handoff\`
     drop key handoff_bundle,
     drop column bundle_id,
     drop column viewed_at,
     drop column viewed_by`,
  ),
  statement('Fill_bundle_of_handoff_1764300000211', 'update handoff set bundle_id = id', 'do 0'),
  statement(
    'State_bundle_of_handoff_1764300000212',
    'alter table `handoff` modify column bundle_id binary(16) not null',
    'alter table `handoff` modify column bundle_id binary(16) null',
  ),
];
