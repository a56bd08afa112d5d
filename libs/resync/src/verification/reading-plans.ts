import { Inject, Injectable } from '@nestjs/common';
import { nextScheduledReading } from './next-reading';
import { type Config, CONFIG } from '@sinkron/config';
import { LagEstimates, nextReading, readingTarget } from '@sinkron/lag';
import type { Ticket } from '@sinkron/tickets';

/** When a ticket is read again whose push was accepted at this instant and which has not matched until now. */
export type ReadingPlan = (ticket: Pick<Ticket, 'officeId'>, acceptedAt: Date, now: Date) => Date;

/**
 * Plans the readings of a ticket. Where the lag of its region is known: where a match has become likely, which takes few
 * readings and finds it early. Else by the fixed schedule of the configuration.
 */
@Injectable()
export class ReadingPlans {
  constructor(
    private readonly estimates: LagEstimates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Called before a transaction; the plan then needs no query. */
  async current(): Promise<ReadingPlan> {
    const { readings, longestReading } = this.config.durations;
    const lags = await this.estimates.current();
    const target = readingTarget(this.config.registry.dailyQuota, lags.pushes);
    const bounds = { least: readings[0] ?? longestReading, most: longestReading };
    return (ticket, acceptedAt, now) => {
      const lag = lags.of(ticket.officeId);
      if (!lag) return nextScheduledReading(acceptedAt, now, readings);
      const elapsed = now.getTime() - acceptedAt.getTime();
      return new Date(acceptedAt.getTime() + nextReading(lag.curve, elapsed, target, bounds));
    };
  }
}
