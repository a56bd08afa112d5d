import { Inject, Injectable } from '@nestjs/common';
import { backOff } from './gates';
import type { JobData } from './job-queue';
import { type Claim, StaleLease, WorkTable } from './work-table';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { jobsDone, withCorrelation } from '@sinkron/observability';
import type { Logger } from 'pino';

/** Does the work of a claim and writes its outcome under the claim's number. */
export type Handler = (claim: Claim) => Promise<void>;

/** What is done around every handler: claim the row, set the correlation id, and write a failure into the row. */
@Injectable()
export class JobRunner {
  constructor(
    private readonly transactions: Transactions,
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Never throws: BullMQ has nothing to retry, the row does. An unexpected failure moves the row's time by a growing
   * wait, so no row is tried in a tight loop and none is forgotten.
   */
  async run(job: JobData, handler: Handler): Promise<void> {
    await withCorrelation(job.correlationId, async () => {
      let claim: Claim | null = null;
      try {
        claim = await this.work.claim(job);
        if (claim) await handler(claim);
        jobsDone.inc({ kind: job.kind, end: claim ? 'done' : 'stale' });
      } catch (error) {
        const stale = error instanceof StaleLease;
        jobsDone.inc({ kind: job.kind, end: stale ? 'stale' : 'failed' });
        if (stale) return;
        this.logger.error({ err: error, kind: job.kind, work: job.id }, 'A job failed');
        if (claim) await this.postponeAfter(claim);
      }
    });
  }

  private async postponeAfter(claim: Claim): Promise<void> {
    const attempts = claim.attempts + 1;
    const wait = backOff(this.config.durations.backOff, attempts);
    try {
      await this.transactions.run((transaction) =>
        this.work.postpone(transaction, claim, {
          dueAt: new Date(transaction.now.getTime() + wait),
          reason: 'internal_error',
          attempts,
        }),
      );
    } catch (error) {
      // The lease runs out by itself and the row is dispatched again.
      if (!(error instanceof StaleLease))
        this.logger.warn({ err: error, work: claim.id }, 'A failure was not written');
    }
  }
}
