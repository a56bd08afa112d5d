import { statement } from './statement';

const code = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;

/** A slot of a person belongs to a key: once the key has gone, or the person is forgotten, it is empty (ADR 14). */
const keys = [
  statement(
    'PersonSlotMayBeEmpty_1763800000301',
    'alter table person modify nik_a binary(32) null',
    'alter table person modify nik_a binary(32) not null',
  ),
  statement(
    'IdempotencyKeyId_1763800000302',
    `alter table idempotency add column digest_key ${code(8)} null`,
    'alter table idempotency drop column digest_key',
  ),
];

/** What is wiped a year after the close: its place stays, its content goes. */
const retention = [
  statement(
    'StatementMayBeWiped_1763800000311',
    'alter table statement modify sealed blob null',
    'alter table statement modify sealed blob not null',
  ),
  statement(
    'TicketWipedAt_1763800000312',
    'alter table ticket add column wiped_at datetime(3) null',
    'alter table ticket drop column wiped_at',
  ),
  statement(
    'TicketRetention_1763800000313',
    'create index ticket_retention on ticket (wiped_at, closed_at)',
    'drop index ticket_retention on ticket',
  ),
];

export const keysAndRetention = [...keys, ...retention];
