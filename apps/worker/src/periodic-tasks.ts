import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Heartbeat } from './heartbeat';
import { PeriodicTask, type Steps } from './periodic-task';
import { Checkpoints } from '@sinkron/audit';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { Holders, Watchdog } from '@sinkron/escalation';
import { EventDeliveries } from '@sinkron/webhooks';
import { oldEventsAtOnce } from '@sinkron/events';
import { forgetOldContents, WhatsAppWindows } from '@sinkron/messaging';
import { Breaches, Retention } from '@sinkron/privacy';
import { rightsAge } from '@sinkron/offices';
import { Dispatcher, recordHeartbeat } from '@sinkron/queue';
import { CentreWatch, Incidents, LagRefresh } from '@sinkron/resync';
import { forgetOldKeys } from '@sinkron/tickets';
import type { Logger } from 'pino';

const minute = 60_000;

/**
 * The periodic tasks of the worker. They run beside each other, so that none waits for a slow one. They are timers in
 * the process, because schedulers in Redis would be gone for ever when Redis is emptied. Every worker runs each of them,
 * at an interval from its start.
 *
 * What is to be done once, or at an hour of the day such as a nightly report, is no task of this kind but a row of `work`,
 * which one worker holds at a time. Two files: the lib that does it declares a kind of work beside it (as
 * libs/closures/src/closure-work.ts does), and handlers.ts here says what is done about it. The handler acts and then
 * postpones its own row to the next such hour (as libs/resync/src/deadline-checks.ts does); the first row is added where
 * its subject is made, and is there once, by kind and subject.
 */
@Injectable()
export class PeriodicTasks implements OnApplicationBootstrap {
  readonly tasks: readonly PeriodicTask[];

  constructor(
    dispatcher: Dispatcher,
    incidents: Incidents,
    lag: LagRefresh,
    centre: CentreWatch,
    checkpoints: Checkpoints,
    retention: Retention,
    breaches: Breaches,
    events: EventDeliveries,
    windows: WhatsAppWindows,
    watchdog: Watchdog,
    holders: Holders,
    heartbeat: Heartbeat,
    transactions: Transactions,
    @Inject(CONFIG) { durations }: Config,
    @Inject(LOGGER) logger: Logger,
  ) {
    const task = (name: string, interval: number, steps: Steps) =>
      new PeriodicTask(name, interval, steps, logger);
    this.tasks = [
      task('dispatch', durations.dispatchInterval, {
        dispatch: () => dispatcher.dispatch(),
        endWithNothingWaiting: () => incidents.endWithNothingWaiting(),
        endForgotten: () => incidents.endForgotten(),
      }),
      task('events', durations.publishInterval, { publish: () => events.publish() }),
      task('holders', rightsAge, { look: () => holders.lookAtChanged() }),
      task('heartbeat', durations.heartbeat, { record: () => recordHeartbeat(transactions, 'worker') }),
      task('watchdog', durations.watchdog, {
        // One step: when the watchdog fails, the heartbeat stays away and the watcher elsewhere notices.
        watch: async () => {
          await watchdog.pass();
          await heartbeat.send();
        },
        holders: () => holders.lookAtAll(),
      }),
      task('lag', durations.lagRefresh, { refresh: () => lag.pass() }),
      task('centre', durations.centreWatch, { watch: () => centre.pass() }),
      task('checkpoint', durations.checkpoint, { make: () => checkpoints.make() }),
      task('housekeeping', minute, {
        idempotencyKeys: () => forgetOldKeys(transactions),
        retention: () => retention.wipeDue(),
        breachNotices: () => breaches.watchNotices(),
        events: async () => (await events.forgetOld()) === oldEventsAtOnce,
        whatsAppWindows: () => windows.forgetOver(),
        messageContents: () => forgetOldContents(transactions),
      }),
    ];
  }

  onApplicationBootstrap(): void {
    for (const task of this.tasks) task.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.tasks.map((task) => task.stop()));
  }
}
