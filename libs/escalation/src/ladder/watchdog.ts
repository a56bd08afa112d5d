import { Inject, Injectable } from '@nestjs/common';
import { EscalationTransitions } from '../moves/escalation-transitions';
import { withoutLadder } from './without-ladder';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import { Transactions } from '@sinkron/database';
import { recordEvents, wasRecorded } from '@sinkron/events';
import { countDeadDeliveries } from '@sinkron/messaging';
import { deadLetters, stepsLate } from '@sinkron/observability';
import { LateWorkCount, overdueWork } from '@sinkron/queue';
import type { Logger } from 'pino';

const hour = 3_600_000;

/** Of escalations without work so many are cured in one pass. */
const mostScheduled = 100;

/**
 * Looks whether the next step of every escalation is on its way, whatever the queue and the workers say: schedules the
 * ladder of an escalation that has no work, and reports late work of all kinds, once an hour.
 */
@Injectable()
export class Watchdog {
  constructor(
    private readonly transactions: Transactions,
    private readonly transitions: EscalationTransitions,
    private readonly lateWork: LateWorkCount,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async pass(): Promise<void> {
    await this.scheduleMissing();
    await this.reportLateLadders();
    await this.reportLateWork();
    deadLetters.set({ of: 'delivery' }, await countDeadDeliveries(this.transactions));
  }

  /** Without this, an escalation whose work was lost would never be asked about again. */
  private async scheduleMissing(): Promise<void> {
    await this.transactions.run(async (transaction) => {
      for (const escalation of await withoutLadder(transaction, mostScheduled)) {
        this.logger.warn(
          { escalation: escalation.id },
          'An escalation had no work; its ladder is scheduled now',
        );
        await this.transitions.scheduleLadder(
          transaction,
          escalation,
          escalation.heldUntil ?? transaction.now,
        );
      }
    });
  }

  private async reportLateLadders(): Promise<void> {
    const { rows, oldestDueAt } = await overdueWork(
      this.transactions,
      'ladder',
      this.config.durations.lateStep,
    );
    stepsLate.set({ of: 'ladder' }, rows);
    if (oldestDueAt) await this.report('ladder_late', rows, oldestDueAt);
  }

  /** Work of other kinds that no worker takes; what waits for the centre is an incident of its own. */
  private async reportLateWork(): Promise<void> {
    const late = (await this.lateWork.read()).filter(
      ({ kind, asksCentre }) => kind !== 'ladder' && !asksCentre,
    );
    if (late.length === 0) return;
    const since = new Date(Math.min(...late.map(({ oldestDueAt }) => oldestDueAt.getTime())));
    await this.report(
      'work_late',
      late.reduce((all, { rows }) => all + rows, 0),
      since,
    );
  }

  /** Writes a log line and an event, once an hour. */
  private async report(what: 'ladder_late' | 'work_late', count: number, since: Date): Promise<void> {
    await this.transactions.run(async (transaction) => {
      if (await wasRecorded(transaction, { type: 'desk.stuck', subject: what, within: hour })) return;
      this.logger.error({ what, count, since }, 'Work is late');
      const data = { what, count, since: since.toISOString() };
      await recordEvents(transaction, { type: 'desk.stuck', subject: what, officeId: null, data });
    });
  }
}
