import { Inject, Injectable } from '@nestjs/common';
import { nextCheck } from './schedule';
import { type Config, CONFIG } from '@sinkron/config';
import { LagEstimates, nextReading, readingTarget } from '@sinkron/lag';
import type { Ticket } from '@sinkron/tickets';

/** When a case is read again, whose push was accepted at this instant and which has not matched until now. */
export type ReadingPlan = (ticket: Pick<Ticket, 'officeId'>, acceptedAt: Date, now: Date) => Date;

/** Reads where a match has become likely: few readings, early discovery. By a fixed schedule while too little is known. */
@Injectable()
export class ReadingPlans {
  constructor(
    private readonly estimates: LagEstimates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Called before a transaction; the plan then needs no reading. */
  async current(): Promise<ReadingPlan> {
    const { readings: checks, longestReading: longestCheck } = this.config.durations;
    const lags = await this.estimates.current();
    const target = readingTarget(this.config.registry.dailyQuota, lags.pushes);
    const bounds = { least: checks[0] ?? longestCheck, most: longestCheck };
    return (ticket, acceptedAt, now) => {
      const lag = lags.of(ticket.officeId);
      if (!lag) return nextCheck(acceptedAt, now, checks);
      const elapsed = now.getTime() - acceptedAt.getTime();
      return new Date(acceptedAt.getTime() + nextReading(lag.curve, elapsed, target, bounds));
    };
  }
}
