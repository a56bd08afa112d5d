import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { Breaches, Retention } from '@sinkron/privacy';
import { Auditor } from '@sinkron/escalation';
import { Beats } from '@sinkron/health';
import { EventPublisher, WhatsAppWindows, forgetOldContents } from '@sinkron/messaging';
import { CONFIG, LOGGER, Sweep } from '@sinkron/queue';
import { CentreWatch, Incidents, LagRefresh } from '@sinkron/resync';
import { forgetOldKeys } from '@sinkron/tickets';
import { Checkpoints } from '@sinkron/trail';
import type { Logger } from 'pino';
import { Heartbeat } from './heartbeat';
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
    events: EventPublisher,
    windows: WhatsAppWindows,
    auditor: Auditor,
    beats: Beats,
    heartbeat: Heartbeat,
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
      this.every(durations.eventRound, 'events', () => events.pass()),
      this.every(durations.beat, 'beat', () => beats.beat('worker')),
      this.every(durations.watch, 'watch', async () => {
        await auditor.pass();
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
