import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Heartbeat } from './heartbeat';
import { PeriodicTask } from './periodic-task';
import { Checkpoints } from '@sinkron/audit';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { Watchdog } from '@sinkron/escalation';
import { EventDeliveries } from '@sinkron/webhooks';
import { forgetOldContents, WhatsAppWindows } from '@sinkron/messaging';
import { Breaches, Retention } from '@sinkron/privacy';
import { Dispatcher, recordHeartbeat } from '@sinkron/queue';
import { CentreWatch, Incidents, LagRefresh } from '@sinkron/resync';
import { forgetOldKeys } from '@sinkron/tickets';
import type { Logger } from 'pino';

const minute = 60_000;

/**
 * What the worker does again and again, each round beside the others, so that none waits for a slow one. Timers in the
 * process, because a scheduler in Redis would be gone for ever when Redis is emptied.
 */
@Injectable()
export class PeriodicTasks implements OnApplicationBootstrap {
  private readonly repetitions: PeriodicTask[];

  constructor(
    sweep: Dispatcher,
    incidents: Incidents,
    lag: LagRefresh,
    centre: CentreWatch,
    checkpoints: Checkpoints,
    retention: Retention,
    breaches: Breaches,
    events: EventDeliveries,
    windows: WhatsAppWindows,
    watchdog: Watchdog,
    heartbeat: Heartbeat,
    transactions: Transactions,
    @Inject(CONFIG) { durations }: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.repetitions = [
      this.every(durations.dispatchInterval, 'sweep', async () => {
        await sweep.dispatch();
        await incidents.endWithNobodyWaiting();
        await incidents.endForgotten();
      }),
      this.every(durations.publishInterval, 'events', () => events.publish()),
      this.every(durations.heartbeat, 'heartbeat', () => recordHeartbeat(transactions, 'worker')),
      this.every(durations.watchdog, 'watchdog', async () => {
        await watchdog.pass();
        await heartbeat.send();
      }),
      this.every(durations.lagRefresh, 'lag', () => lag.pass()),
      this.every(durations.centreWatch, 'centre', () => centre.pass()),
      this.every(durations.checkpoint, 'checkpoint', () => checkpoints.make()),
      this.every(minute, 'housekeeping', async () => {
        await forgetOldKeys(transactions);
        await retention.wipeDue();
        await breaches.watchNotices();
        await events.forgetOld();
        await windows.forgetOver();
        await forgetOldContents(transactions);
      }),
    ];
  }

  onApplicationBootstrap(): void {
    for (const repetition of this.repetitions) repetition.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.repetitions.map((repetition) => repetition.stop()));
  }

  private every(milliseconds: number, round: string, act: () => Promise<unknown>): PeriodicTask {
    return new PeriodicTask(async () => {
      try {
        await act();
      } catch (error) {
        this.logger.error({ err: error, round }, 'A round failed; it is done again');
      }
    }, milliseconds);
  }
}
