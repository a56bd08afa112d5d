import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, Transactions } from '@sinkron/database';
import { chanceOf, type Lags, longestRisk } from '@sinkron/lag';
import { WorkTable } from '@sinkron/queue';
import { WorkerTickets } from '@sinkron/tickets';

const pageSize = 1_000;
/** One pass reads so many pages at most; the next pass goes on from there. */
const mostPages = 20;

/**
 * Finds the open tickets that the lag of the hour makes unlikely to be done before their applicant's deadline. It makes
 * no ticket urgent itself: their `deadline` work becomes due, and its handler judges by the usual rules.
 */
@Injectable()
export class DeadlineRisks {
  /** Where the last pass stopped, when there were more tickets than a pass reads. */
  private from: { deadlineAt: Date; id: Id } | null = null;

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
      const { read, endangered } = await this.page(lags, risk);
      if (endangered.length > 0) found += await this.makeDue(endangered);
      if (read < pageSize) {
        this.from = null;
        break;
      }
    }
    return found;
  }

  /** No ticket with more time than this is in danger, so only nearer deadlines are read; 0 while too few are known. */
  private longestRisk(lags: Lags): number {
    const known = lags.estimates.flatMap(({ region }) => lags.inRegion(region) ?? []);
    return Math.max(0, ...known.map(({ curve }) => longestRisk(curve, this.config.urgencyThreshold)));
  }

  private async page(lags: Lags, risk: number): Promise<{ read: number; endangered: Id[] }> {
    return this.transactions.run(async (transaction) => {
      const { now } = transaction;
      const after = this.from && this.from.deadlineAt > now ? this.from : { deadlineAt: now, id: null };
      const until = new Date(now.getTime() + risk);
      const tickets = await this.tickets.withDeadlines(transaction, { after, until, limit: pageSize });
      const end = tickets.at(-1);
      if (end?.deadlineAt) this.from = { deadlineAt: end.deadlineAt, id: end.id };
      const endangered = tickets.filter((ticket) => {
        const chance =
          ticket.deadlineAt && chanceOf(lags.of(ticket.officeId), ticket, now, ticket.deadlineAt);
        return chance !== null && chance < this.config.urgencyThreshold;
      });
      return { read: tickets.length, endangered: endangered.map(({ id }) => id) };
    });
  }

  private makeDue(ids: Id[]): Promise<number> {
    return this.transactions.run((transaction) => this.work.makeDue(transaction, 'deadline', ids, 'due'));
  }
}
