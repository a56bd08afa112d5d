import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { Retention } from '@sinkron/privacy';
import { CONFIG, LOGGER, Sweep } from '@sinkron/queue';
import { Incidents } from '@sinkron/resync';
import { forgetOldKeys } from '@sinkron/tickets';
import type { Logger } from 'pino';
import { Repetition } from './repetition';

const housekeepingEvery = 10 * 60_000;

/** A timer in the process, because a scheduler in Redis would be gone for ever when Redis is emptied. */
@Injectable()
export class SweepTimer implements OnApplicationBootstrap {
  private readonly repetition: Repetition;
  private cleanedAt = 0;

  constructor(
    private readonly sweep: Sweep,
    private readonly incidents: Incidents,
    private readonly transactions: Transactions,
    private readonly retention: Retention,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.repetition = new Repetition(() => this.run(), config.durations.sweep);
  }

  onApplicationBootstrap(): void {
    this.repetition.start();
  }

  stop(): Promise<void> {
    return this.repetition.stop();
  }

  private async run(): Promise<void> {
    try {
      await this.sweep.pass();
      await this.incidents.endWithNobodyWaiting();
      if (performance.now() - this.cleanedAt < housekeepingEvery && this.cleanedAt > 0) return;
      await forgetOldKeys(this.transactions);
      // Few at a time, since the sweep waits: when there are more, they follow after its next pass.
      if (await this.retention.wipeDue()) return;
      this.cleanedAt = performance.now();
    } catch (error) {
      this.logger.error({ err: error }, 'The sweep failed; it runs again');
    }
  }
}
