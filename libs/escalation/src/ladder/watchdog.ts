import { Inject, Injectable } from '@nestjs/common';
import { Escalation } from '../escalation';
import { EscalationTransitions } from '../escalation-transitions';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import { selectRows, Transactions } from '@sinkron/database';
import { recordEvents, wasRecorded } from '@sinkron/events';
import { countDeadDeliveries } from '@sinkron/messaging';
import { deadLetters, stepsLate } from '@sinkron/observability';
import { LateWorkCount } from '@sinkron/queue';
import type { Logger } from 'pino';

const hour = 3_600_000;

/**
 * Who watches the watchman: looks whether every escalation's next step is on its way, whatever the queue and the
 * workers say, gives work to one that has none, and reports once an hour what is late, also of other work.
 */
@Injectable()
export class Watchdog {
  constructor(
    private readonly transactions: Transactions,
    private readonly life: EscalationTransitions,
    private readonly lateWork: LateWorkCount,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async pass(): Promise<void> {
    await this.adopt();
    await this.reportLate();
    await this.reportStuckWork();
    deadLetters.set({ of: 'delivery' }, await countDeadDeliveries(this.transactions));
  }

  /** Escalations that nothing would ever look at again, such as those that an older version opened. */
  private async adopt(): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const orphans = await selectRows(
        transaction,
        Escalation,
        `where state in ('open', 'acknowledged', 'handed_off') and not exists (
           select 1 from work where work.kind = 'ladder' and work.subject_id = escalation.id)
         order by id limit 100`,
        [],
      );
      for (const orphan of orphans) {
        this.logger.warn({ escalation: orphan.id }, 'An escalation had no work; it has some now');
        await this.life.scheduleLadder(transaction, orphan, orphan.heldUntil ?? transaction.now);
      }
    });
  }

  private async reportLate(): Promise<void> {
    const [late] = await this.transactions.query<{ n: string; since: Date | null }>(
      `select count(*) as n, min(due_at) as since from work
       where kind = 'ladder' and lane = 'urgent' and due_at < utc_timestamp(3) - interval ? microsecond`,
      [this.config.durations.lateStep * 1000],
    );
    const count = Number(late?.n ?? 0);
    stepsLate.set({ of: 'ladder' }, count);
    if (late?.since) await this.report('ladder_late', count, late.since);
  }

  /** Work that nobody takes, whatever the queue says; what waits for the centre is an incident of its own. */
  private async reportStuckWork(): Promise<void> {
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

  /** To the log and to those outside, once an hour. */
  private async report(what: 'ladder_late' | 'work_late', count: number, since: Date): Promise<void> {
    await this.transactions.run(async (transaction) => {
      if (await wasRecorded(transaction, { type: 'desk.stuck', subject: what, within: hour })) return;
      this.logger.error({ what, count, since }, 'Work here does not go its way');
      const data = { what, count, since: since.toISOString() };
      await recordEvents(transaction, { type: 'desk.stuck', subject: what, officeId: null, data });
    });
  }
}
