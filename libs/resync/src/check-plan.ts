import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { LagEstimates, nextReading, readingTarget } from '@sinkron/lag';
import { CONFIG } from '@sinkron/queue';
import type { Ticket } from '@sinkron/tickets';
import { nextCheck } from './schedule';

/** When a case is read again, whose push was accepted at this instant and which has not matched until now. */
export type CheckPlan = (ticket: Pick<Ticket, 'officeId'>, acceptedAt: Date, now: Date) => Date;

/** Reads where a match has become likely: few readings, early discovery. By a fixed schedule while too little is known. */
@Injectable()
export class CheckPlans {
  constructor(
    private readonly estimates: LagEstimates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Called before a transaction; the plan then needs no reading. */
  async current(): Promise<CheckPlan> {
    const { checks, longestCheck } = this.config.durations;
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
