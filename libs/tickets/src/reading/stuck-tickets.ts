import { Injectable } from '@nestjs/common';
import type { PublicStatus } from '../model/lifecycle';
import type { Statement } from '../model/statement';
import { Statements } from '../model/statements';
import { Ticket } from '../model/ticket';
import { ticketKinds } from '../model/ticket-work';
import { selectRows, type TimedKey, toBinary, type Transaction, Transactions } from '@sinkron/database';
import type { Scope } from '@sinkron/offices';
import { type WaitingWork, WorkTable } from '@sinkron/queue';

/** A ticket that waits, with what comes next and who snoozed it. */
export interface StuckTicket {
  ticket: Ticket;
  /** At the centre; null when a person must act first. */
  next: WaitingWork | null;
  /** When it is checked if nothing else happens; null only for a fault of ours. */
  deadlineAt: Date | null;
  /** Who snoozed it, with the sealed note. */
  snooze: Statement | null;
}

export interface StuckFilter {
  reason?: string | undefined;
  /** Since when the last ticket of the page before waits, and its id. */
  after?: TimedKey | undefined;
  limit: number;
}

/** How many tickets of the scope wait for the same, in the same status. */
export interface WaitingCount {
  reason: string;
  status: PublicStatus;
  urgent: boolean;
  cases: number;
}

/** What waits, longest first: from indexes that hold all that is asked, so that 600,000 open tickets are no burden. */
@Injectable()
export class StuckTickets {
  constructor(
    private readonly transactions: Transactions,
    private readonly statements: Statements,
    private readonly work: WorkTable,
  ) {}

  /** One more than `limit` is read: its presence tells that there is a next page. */
  async list(scope: Scope, filter: StuckFilter): Promise<StuckTicket[]> {
    if (scope.ids.length === 0) return [];
    const { sql, parameters } = stuckQuery(scope, filter);
    return this.transactions.run(async (transaction) => {
      const tickets = await selectRows(transaction, Ticket, sql, parameters);
      return this.withWork(transaction, tickets);
    });
  }

  /** Every ticket of the scope that waits, counted in one walk over one index. */
  async count(scope: Scope): Promise<WaitingCount[]> {
    if (scope.ids.length === 0) return [];
    const { sql, parameters } = countQuery(scope);
    const rows = await this.transactions.query<{
      waits_for: string;
      status: PublicStatus;
      urgent: number;
      n: string;
    }>(sql, parameters);
    return rows.map(({ waits_for: reason, status, urgent, n }) => ({
      reason,
      status,
      urgent: Boolean(urgent),
      cases: Number(n),
    }));
  }

  private async withWork(transaction: Transaction, tickets: Ticket[]): Promise<StuckTicket[]> {
    if (tickets.length === 0) return [];
    const ids = tickets.map(({ id }) => id);
    const work = await this.work.ofSubjects(transaction, ticketKinds, ids);
    const notes = await this.statements.notes(
      transaction,
      tickets.flatMap(({ snoozeNoteId }) => snoozeNoteId ?? []),
    );
    return tickets.map((ticket) => {
      const own = work.filter(({ subjectId }) => subjectId === ticket.id);
      const held = ticket.state === 'suspended';
      return {
        ticket,
        next: (!held && own.find(({ kind }) => kind !== 'deadline')) || null,
        deadlineAt: own.find(({ kind }) => kind === 'deadline')?.dueAt ?? null,
        snooze: notes.find(({ id }) => id === ticket.snoozeNoteId) ?? null,
      };
    });
  }
}

/** The page as SQL; the key to walk is named, as in `ticket-list.ts`. */
export function stuckQuery(
  scope: Scope,
  { reason, after, limit }: StuckFilter,
): { sql: string; parameters: unknown[] } {
  const { key, office } = inScope(scope);
  const conditions = ['waiting_since is not null', ...office.sql];
  const parameters: unknown[] = [...office.parameters];
  if (reason) {
    conditions.push('waits_for = ?');
    parameters.push(reason);
  }
  if (after) {
    conditions.push('waiting_since >= ? and (waiting_since > ? or id > ?)');
    parameters.push(after.at, after.at, toBinary(after.id));
  }
  const sql = `force index (${key}) where ${conditions.join(' and ')} order by waiting_since, id limit ?`;
  return { sql, parameters: [...parameters, limit + 1] };
}

export function countQuery(scope: Scope): { sql: string; parameters: unknown[] } {
  const { key, office } = inScope(scope);
  const where = ['waiting_since is not null', ...office.sql].join(' and ');
  const sql = `select waits_for, status, urgent, count(*) as n from ticket force index (${key}) where ${where}
     group by waits_for, status, urgent`;
  return { sql, parameters: office.parameters };
}

function inScope(scope: Scope): { key: string; office: { sql: string[]; parameters: unknown[] } } {
  const ids = scope.ids.map(toBinary);
  if (ids.length === 1)
    return { key: 'ticket_office_waiting', office: { sql: ['office_id = ?'], parameters: ids } };
  const office = scope.everything
    ? { sql: [], parameters: [] }
    : { sql: ['office_id in (?)'], parameters: [ids] };
  return { key: 'ticket_waiting', office };
}
