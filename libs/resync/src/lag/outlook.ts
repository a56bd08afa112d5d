import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { chanceOf, conditionalQuantile, LagEstimates, nation } from '@sinkron/lag';
import type { Scope } from '@sinkron/offices';
import { type Ticket, TicketList } from '@sinkron/tickets';

/** So many of the nearest deadlines are judged at most. */
const mostDeadlines = 5_000;

/** How long the resync takes now, and whom it makes late. */
export interface LagOutlook {
  /** Seconds from an accepted push to its match; null while too few tickets are known, or none lasted so long. */
  medianSeconds: number | null;
  p90Seconds: number | null;
  /** Matches of the last three days on which that rests. */
  sampleSize: number;
  /** Open tickets of the scope with a deadline ahead whose chance to keep it is below the configured threshold. */
  predictedToMiss: number;
  /** More deadlines lie ahead than were judged: there may be more. */
  atLeast: boolean;
}

/** What the lag of the last days means for the tickets of a scope. */
@Injectable()
export class Outlook {
  constructor(
    private readonly transactions: Transactions,
    private readonly estimates: LagEstimates,
    private readonly tickets: TicketList,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(scope: Scope): Promise<LagOutlook> {
    const lags = await this.estimates.current();
    const national = lags.inRegion(nation);
    const seconds = (share: number) => {
      const quantile = national && conditionalQuantile(national.curve, 0, share);
      return quantile === null ? null : Math.round(quantile / 1000);
    };
    const { now, tickets } = await this.withDeadlines(scope);
    const missing = tickets.filter((ticket) => {
      const chance = ticket.deadlineAt && chanceOf(lags.of(ticket.officeId), ticket, now, ticket.deadlineAt);
      return chance !== null && chance < this.config.urgencyThreshold;
    });
    return {
      medianSeconds: seconds(0.5),
      p90Seconds: seconds(0.9),
      sampleSize: lags.estimates.find(({ region }) => region === nation)?.events ?? 0,
      predictedToMiss: missing.length,
      atLeast: tickets.length === mostDeadlines,
    };
  }

  private withDeadlines(scope: Scope): Promise<{ now: Date; tickets: Ticket[] }> {
    return this.transactions.run(async (transaction) => ({
      now: transaction.now,
      tickets: await this.tickets.nearestDeadlines(transaction, scope, mostDeadlines),
    }));
  }
}
