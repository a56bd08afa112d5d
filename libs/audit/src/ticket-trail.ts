import { Injectable } from '@nestjs/common';
import { AuditEntry } from './audit-entry';
import {
  type Id,
  selectRows,
  type TimedKey,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';

const day = 24 * 3_600_000;
/** How far back a page looks at most: lists name their tickets in the detail alone, so an office's time is walked. */
const slice = 31 * day;
/** Before every id: a slice that was read whole ends before the first row of its first instant. */
const beforeAll = '00000000-0000-7000-8000-000000000000';

/** Who looked at or acted on some tickets. */
export interface TicketTrailQuestion {
  tickets: readonly Id[];
  /** Whose officers had these tickets in their lists: the offices that handled them, took part, or are above those. */
  offices: readonly Id[];
  /** The first instant: before it the tickets were not there. */
  from: Date;
  /** The first instant no more. */
  until: Date;
  /** Where the page before ended: what is older, and at this instant the lower ids, is on the pages after it. */
  before?: TimedKey | undefined;
  limit: number;
}

/** A page of the processing trail (UU PDP 27/2022 art. 32), newest first; it may be empty and have pages after it. */
export interface TicketTrailPage {
  items: AuditEntry[];
  next: TimedKey | null;
}

/** Reads the audit by ticket: acts and readings of one ticket, and the lists, searches and files that showed it among others. */
@Injectable()
export class TicketTrail {
  constructor(private readonly transactions: Transactions) {}

  /** For whoever may know of these tickets; the caller audits the reading. */
  async page(question: TicketTrailQuestion): Promise<TicketTrailPage> {
    const { tickets, from, until, limit } = question;
    if (tickets.length === 0) return { items: [], next: null };
    const before = question.before ?? { at: until, id: beforeAll };
    const start = new Date(Math.max(from.getTime(), before.at.getTime() - slice));
    const found = await this.transactions.run(async (transaction) => {
      const entries = new Map<Id, AuditEntry>();
      for (const { sql, parameters } of trailQueries(question, start, before))
        for (const entry of await read(transaction, sql, parameters)) entries.set(entry.id, entry);
      return [...entries.values()].toSorted(newestFirst);
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    if (found.length > limit && last) return { items, next: { at: last.at, id: last.id } };
    return { items, next: start > from ? { at: start, id: beforeAll } : null };
  }
}

function read(transaction: Transaction, sql: string, parameters: unknown[]): Promise<AuditEntry[]> {
  return selectRows(transaction, AuditEntry, sql, parameters);
}

/** One question along the key of tickets, and one along the time of each office; none gathers and sorts the rest. */
export function trailQueries(
  { tickets, offices, limit }: TicketTrailQuestion,
  start: Date,
  before: TimedKey,
): { sql: string; parameters: unknown[] }[] {
  const place = 'at >= ? and at <= ? and (at < ? or id < ?)';
  const placed = [start, before.at, before.at, toBinary(before.id)];
  const tail = 'order by at desc, id desc limit ?';
  const named = tickets.map(() => 'detail like ?').join(' or ');
  return [
    {
      sql: `force index (audit_ticket) where ticket_id in (?) and ${place} ${tail}`,
      parameters: [tickets.map(toBinary), ...placed, limit + 1],
    },
    ...offices.map((office) => ({
      sql: `force index (audit_office) where office_id = ? and ${place} and (${named}) ${tail}`,
      parameters: [toBinary(office), ...placed, ...tickets.map((id) => `%"${id}"%`), limit + 1],
    })),
  ];
}

function newestFirst(one: AuditEntry, other: AuditEntry): number {
  return other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1);
}
