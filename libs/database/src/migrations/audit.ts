import { statement, table } from './statement';

const code = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;
const none = 'do 0';

/** An id as text; MariaDB has no bin_to_uuid. */
const uuid = (column: string) =>
  `lower(concat_ws('-', hex(substr(${column}, 1, 4)), hex(substr(${column}, 5, 2)), hex(substr(${column}, 7, 2)),
   hex(substr(${column}, 9, 2)), hex(substr(${column}, 11))))`;
const uuidOrNull = (column: string) => `if(${column} is null, 'null', concat('"', ${uuid(column)}, '"'))`;

/** What `auditHash` of libs/access hashes, of a row that begins a chain. */
const firstOfChain = `concat(prev_hash, '["', ${uuid('id')}, '",1,"', ${uuid('id')}, '","',
   left(date_format(at, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z",', ${uuidOrNull('officer_id')}, ',',
   ${uuidOrNull('office_id')}, ',null,"', action, '",', ${uuidOrNull('ticket_id')}, ',',
   if(detail is null, '0', '1'), ']', coalesce(detail, ''))`;

/** The audit becomes chained; every row from before is adopted as a chain of its own, so that none stands outside. */
export const audit = [
  statement(
    'Chain_audit_1763800000201',
    `alter table audit
     add column chain_id binary(16) not null,
     add column seq int unsigned not null,
     add column session_id binary(16) null,
     add column prev_hash binary(32) not null,
     add column hash binary(32) not null`,
    `alter table audit drop column chain_id, drop column seq, drop column session_id, drop column prev_hash,
     drop column hash`,
  ),
  statement(
    'Adopt_audit_1763800000202',
    `update audit set chain_id = id, seq = 1, hash = unhex(sha2(${firstOfChain}, 256))`,
    none,
  ),
  statement(
    'Index_audit_1763800000203',
    `alter table audit
     add unique key audit_row (chain_id, seq),
     add key audit_at (at),
     add key audit_office (office_id, at)`,
    'alter table audit drop key audit_row, drop key audit_at, drop key audit_office',
  ),
  table(
    'audit_chain',
    1763800000204,
    `id binary(16) not null primary key,
     writer ${code(32)} not null,
     started_at datetime(3) not null,
     seq int unsigned not null,
     head_hash binary(32) not null,
     head_at datetime(3) not null,
     key audit_chain_head (head_at)`,
  ),
  statement(
    'Adopt_audit_chain_1763800000205',
    `insert into audit_chain (id, writer, started_at, seq, head_hash, head_at)
     select chain_id, 'adopted', at, seq, hash, at from audit`,
    none,
  ),
  table(
    'audit_checkpoint',
    1763800000206,
    `seq int unsigned not null primary key,
     at datetime(3) not null,
     count int unsigned not null,
     root binary(32) not null,
     leaves mediumblob not null,
     prev_hash binary(32) not null,
     hash binary(32) not null`,
  ),
  statement(
    'Index_history_at_1763800000207',
    'alter table history add key history_at (at)',
    'alter table history drop key history_at',
  ),
];
