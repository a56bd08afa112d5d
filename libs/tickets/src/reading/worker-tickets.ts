import { Injectable } from '@nestjs/common';
import { Ticket } from '../model/ticket';
import { fromBinary, type Id, selectRows, toBinary, type Transaction } from '@sinkron/database';

/** Tickets as the worker meets them: without a scope, since no officer asks. */
@Injectable()
export class WorkerTickets {
  async lock(transaction: Transaction, id: Id): Promise<Ticket | null> {
    const [ticket] = await selectRows(transaction, Ticket, 'where id = ? for update', [toBinary(id)]);
    return ticket ?? null;
  }

  /** As `lock`, but null also while another has it. */
  async lockFree(transaction: Transaction, id: Id): Promise<Ticket | null> {
    const [ticket] = await selectRows(transaction, Ticket, 'where id = ? for update skip locked', [
      toBinary(id),
    ]);
    return ticket ?? null;
  }

  async find(transaction: Transaction, id: Id): Promise<Ticket | null> {
    const [ticket] = await selectRows(transaction, Ticket, 'where id = ?', [toBinary(id)]);
    return ticket ?? null;
  }

  /** The newest resolved tickets. */
  resolvedLately(transaction: Transaction, limit: number): Promise<Ticket[]> {
    return selectRows(
      transaction,
      Ticket,
      `force index (ticket_status) where status = 'resolved' order by id desc limit ?`,
      [limit],
    );
  }

  /** Whether an open ticket waits for the centre to take its first push. */
  async isAnyUntaken(transaction: Transaction): Promise<boolean> {
    const rows = await transaction.query(
      `select 1 from ticket where status in ('received', 'queued', 'overdue') and state = 'open'
       and accepted_at is null limit 1`,
    );
    return rows.length > 0;
  }

  /** Every ticket that is overdue or whose clock an incident holds. */
  async overdueOrHeld(transaction: Transaction): Promise<Id[]> {
    const rows = await transaction.query<{ id: Buffer }>(
      `select id from ticket force index (ticket_status) where status = 'overdue'
       union select id from ticket force index (ticket_held) where held_by is not null`,
    );
    return rows.map(({ id }) => fromBinary(id));
  }

  /** A page of the open tickets that are not urgent and have a deadline ahead, nearest first. */
  withDeadlines(transaction: Transaction, page: DeadlinePage): Promise<Ticket[]> {
    const { sql, parameters } = deadlinePage(page);
    return selectRows(transaction, Ticket, sql, parameters);
  }

  /** The oldest tickets whose personal data have been kept for so many days after their end. */
  async dueForWiping(transaction: Transaction, days: number, limit: number): Promise<Id[]> {
    const rows = await transaction.query<{ id: Buffer }>(
      `select id from ticket
       where wiped_at is null and closed_at <= utc_timestamp(3) - interval ? day and contested_at is null
       order by closed_at limit ?`,
      [days, limit],
    );
    return rows.map(({ id }) => fromBinary(id));
  }
}

export interface DeadlinePage {
  /** Where it begins: after this ticket, or after all of this instant. */
  after: { deadlineAt: Date; id: Id | null };
  until: Date;
  limit: number;
}

/** The page as SQL; the key to walk is named, as in `ticket-list.ts`. */
export function deadlinePage({ after, until, limit }: DeadlinePage): {
  sql: string;
  parameters: unknown[];
} {
  const id = after.id ? toBinary(after.id) : Buffer.alloc(16, 0xff);
  return {
    sql: `force index (ticket_deadline) where open_marker = 1 and urgent = 0
      and deadline_at >= ? and (deadline_at > ? or id > ?) and deadline_at <= ?
      order by deadline_at, id limit ?`,
    parameters: [after.deadlineAt, after.deadlineAt, id, until, limit],
  };
}
