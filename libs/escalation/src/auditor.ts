import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { type Transaction, Transactions, selectRows } from '@sinkron/database';
import { recordEvents } from '@sinkron/messaging';
import { deadLetters, stepsLate } from '@sinkron/observability';
import { CONFIG, LOGGER } from '@sinkron/queue';
import type { Logger } from 'pino';
import { Escalation } from './escalation';
import { EscalationLife } from './escalation-life';

/**
 * Who watches the watchman: looks whether every escalation's next step is on its way, whatever the queue and the
 * workers say, gives work to one that has none, and reports once an hour what is late.
 */
@Injectable()
export class Auditor {
  constructor(
    private readonly transactions: Transactions,
    private readonly life: EscalationLife,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async pass(): Promise<void> {
    await this.adopt();
    await this.reportLate();
    const [dead] = await this.transactions.query<{ n: string }>(
      `select count(*) as n from delivery where state = 'dead'`,
    );
    deadLetters.set({ of: 'delivery' }, Number(dead?.n ?? 0));
  }

  /** Escalations that nothing would ever look at again, such as those that an older version opened. */
  private async adopt(): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const orphans = await selectRows(
        transaction,
        Escalation,
        `where open_marker = 1 and not exists (
           select 1 from work where work.kind = 'ladder' and work.subject_id = escalation.id)
         order by id limit 100`,
        [],
      );
      for (const orphan of orphans) {
        this.logger.warn({ escalation: orphan.id }, 'An escalation had no work; it has some now');
        await this.life.climb(transaction, orphan, orphan.heldUntil ?? transaction.now);
      }
    });
  }

  private async reportLate(): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const [late] = await transaction.query<{ n: string; since: Date | null }>(
        `select count(*) as n, min(due_at) as since from work
         where kind = 'ladder' and due_at < utc_timestamp(3) - interval ? microsecond`,
        [this.config.durations.lateStep * 1000],
      );
      const count = Number(late?.n ?? 0);
      stepsLate.set({ of: 'ladder' }, count);
      if (count === 0 || !late?.since || (await this.wasReported(transaction))) return;
      this.logger.error({ count, since: late.since }, 'Escalations wait for a step that is overdue');
      await recordEvents(transaction, {
        type: 'desk.stuck',
        subject: 'ladder_late',
        officeId: null,
        data: { what: 'ladder_late', count, since: late.since.toISOString() },
      });
    });
  }

  private async wasReported(transaction: Transaction): Promise<boolean> {
    const told = await transaction.query(
      `select 1 from event where type = 'desk.stuck' and subject = 'ladder_late'
         and at > utc_timestamp(3) - interval 1 hour limit 1`,
    );
    return told.length > 0;
  }
}
