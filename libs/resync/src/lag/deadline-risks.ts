import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, selectRows, toBinary, Transactions } from '@sinkron/database';
import { chanceOf, type Lags, longestRisk } from '@sinkron/lag';
import { WorkTable } from '@sinkron/queue';
import { Ticket } from '@sinkron/tickets';

const pageSize = 1_000;
/** One pass looks at so many pages at most; the next pass goes on from there. */
const mostPages = 20;

/**
 * Finds the open cases that the lag of the hour makes unlikely to be done before their applicant's deadline. It makes
 * no case urgent itself: their `deadline` work becomes due, and its handler judges by the same rules as ever.
 */
@Injectable()
export class DeadlineRisks {
  /** Where the last pass stopped, when there were more cases than a pass looks at. */
  private from: { deadlineAt: Date; id: Buffer } | null = null;

  constructor(
    private readonly transactions: Transactions,
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @returns how many cases are looked at again */
  async find(lags: Lags): Promise<number> {
    const risk = this.longestRisk(lags);
    let found = 0;
    for (let page = 0; page < mostPages; page++) {
      const { read, endangered } = await this.page(lags, risk);
      if (endangered.length > 0) found += await this.lookAgain(endangered);
      if (read < pageSize) {
        this.from = null;
        break;
      }
    }
    return found;
  }

  /** Nobody with more time than this is in danger, so only nearer deadlines are read; 0 while too few cases are known. */
  private longestRisk(lags: Lags): number {
    const known = lags.estimates.flatMap(({ region }) => lags.inRegion(region) ?? []);
    return Math.max(0, ...known.map(({ curve }) => longestRisk(curve, this.config.urgencyThreshold)));
  }

  private async page(lags: Lags, risk: number): Promise<{ read: number; endangered: Id[] }> {
    return this.transactions.run(async (transaction) => {
      const { now } = transaction;
      const start = this.from && this.from.deadlineAt > now ? this.from : { deadlineAt: now, id: last };
      const { sql, parameters } = deadlinePage(start, new Date(now.getTime() + risk));
      const tickets = await selectRows(transaction, Ticket, sql, parameters);
      const end = tickets.at(-1);
      if (end?.deadlineAt) this.from = { deadlineAt: end.deadlineAt, id: toBinary(end.id) };
      const endangered = tickets.filter((ticket) => {
        // Somebody who knows of the wait is not to be disturbed.
        if (!ticket.deadlineAt || ticket.snoozedUntil) return false;
        const chance = chanceOf(lags.of(ticket.officeId), ticket, now, ticket.deadlineAt);
        return chance !== null && chance < this.config.urgencyThreshold;
      });
      return { read: tickets.length, endangered: endangered.map(({ id }) => id) };
    });
  }

  private lookAgain(ids: Id[]): Promise<number> {
    return this.transactions.run((transaction) => this.work.makeDue(transaction, 'deadline', ids, 'due'));
  }
}

/** After every id of the same instant. */
const last = Buffer.alloc(16, 0xff);

/** The next cases that are open, not urgent and have a deadline, nearest first. */
export function deadlinePage(
  from: { deadlineAt: Date; id: Buffer },
  until: Date,
): { sql: string; parameters: unknown[] } {
  return {
    sql: `force index (ticket_deadline) where open_marker = 1 and urgent = 0
      and deadline_at >= ? and (deadline_at > ? or id > ?) and deadline_at <= ?
      order by deadline_at, id limit ?`,
    parameters: [from.deadlineAt, from.deadlineAt, from.id, until, pageSize],
  };
}
