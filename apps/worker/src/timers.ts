import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { Breaches, Retention } from '@sinkron/privacy';
import { CONFIG, LOGGER, Sweep } from '@sinkron/queue';
import { CentreWatch, Incidents, LagRefresh } from '@sinkron/resync';
import { forgetOldKeys } from '@sinkron/tickets';
import { Checkpoints } from '@sinkron/trail';
import type { Logger } from 'pino';
import { Repetition } from './repetition';

const minute = 60_000;

/**
 * What the worker does again and again, each round beside the others, so that none waits for a slow one. Timers in the
 * process, because a scheduler in Redis would be gone for ever when Redis is emptied.
 */
@Injectable()
export class Timers implements OnApplicationBootstrap {
  private readonly repetitions: Repetition[];

  constructor(
    sweep: Sweep,
    incidents: Incidents,
    lag: LagRefresh,
    centre: CentreWatch,
    checkpoints: Checkpoints,
    retention: Retention,
    breaches: Breaches,
    transactions: Transactions,
    @Inject(CONFIG) { durations }: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.repetitions = [
      this.every(durations.sweep, 'sweep', async () => {
        await sweep.pass();
        await incidents.endWithNobodyWaiting();
        await incidents.endForgotten();
      }),
      this.every(durations.lagRefresh, 'lag', () => lag.pass()),
      this.every(durations.centreWatch, 'centre', () => centre.pass()),
      this.every(durations.checkpoint, 'checkpoint', () => checkpoints.make()),
      this.every(minute, 'housekeeping', async () => {
        await forgetOldKeys(transactions);
        await retention.wipeDue();
        await breaches.watchNotices();
      }),
    ];
  }

  onApplicationBootstrap(): void {
    for (const repetition of this.repetitions) repetition.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.repetitions.map((repetition) => repetition.stop()));
  }

  private every(milliseconds: number, round: string, act: () => Promise<unknown>): Repetition {
    return new Repetition(async () => {
      try {
        await act();
      } catch (error) {
        this.logger.error({ err: error, round }, 'A round failed; it is done again');
      }
    }, milliseconds);
  }
}
