import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, Transactions } from '@sinkron/database';
import { chanceOf, type Lags, longestRisk } from '@sinkron/lag';
import { WorkTable } from '@sinkron/queue';
import { WorkerTickets } from '@sinkron/tickets';

const pageSize = 1_000;
/** One pass reads so many pages at most; the next pass goes on from there. */
const mostPages = 20;

interface Position {
  deadlineAt: Date;
  id: Id;
}

/**
 * Finds the open tickets that the lag of the hour makes unlikely to be done before their applicant's deadline. It makes
 * no ticket urgent itself: their `deadline` work becomes due, and its handler judges by the usual rules.
 */
@Injectable()
export class DeadlineRisks {
  /** Where the last pass stopped, when there were more tickets than a pass reads. */
  private from: Position | null = null;

  constructor(
    private readonly transactions: Transactions,
    private readonly tickets: WorkerTickets,
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @returns how many deadlines became due */
  async find(lags: Lags): Promise<number> {
    const risk = this.longestRisk(lags);
    let found = 0;
    for (let page = 0; page < mostPages; page++) {
      const { next, endangered } = await this.page(lags, risk);
      if (endangered.length > 0) found += await this.makeDue(endangered);
      this.from = next;
      if (!next) break;
    }
    return found;
  }

  /** No ticket with more time than this is in danger, so only nearer deadlines are read; 0 while too few are known. */
  private longestRisk(lags: Lags): number {
    const known = lags.estimates.flatMap(({ region }) => lags.inRegion(region) ?? []);
    return Math.max(0, ...known.map(({ curve }) => longestRisk(curve, this.config.urgencyThreshold)));
  }

  /** Changes nothing here: it may be repeated, and the page whose deadlines did not become due is read again. */
  private async page(lags: Lags, risk: number): Promise<{ next: Position | null; endangered: Id[] }> {
    return this.transactions.run(async (transaction) => {
      const { now } = transaction;
      const after = this.from && this.from.deadlineAt > now ? this.from : { deadlineAt: now, id: null };
      const until = new Date(now.getTime() + risk);
      const tickets = await this.tickets.withDeadlines(transaction, { after, until, limit: pageSize });
      const endangered = tickets.filter((ticket) => {
        const chance =
          ticket.deadlineAt && chanceOf(lags.of(ticket.officeId), ticket, now, ticket.deadlineAt);
        return chance !== null && chance < this.config.urgencyThreshold;
      });
      const last = tickets.length < pageSize ? undefined : tickets.at(-1);
      const next = last?.deadlineAt ? { deadlineAt: last.deadlineAt, id: last.id } : null;
      return { next, endangered: endangered.map(({ id }) => id) };
    });
  }

  private makeDue(ids: Id[]): Promise<number> {
    return this.transactions.run((transaction) => this.work.makeDue(transaction, 'deadline', ids, 'due'));
  }
}
