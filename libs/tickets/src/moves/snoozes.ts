import { Inject, Injectable } from '@nestjs/common';
import { Statements } from '../model/statements';
import type { Ticket } from '../model/ticket';
import { TicketUrgency } from './ticket-urgency';
import { TicketWriter } from './ticket-writer';
import type { OfficerActor } from '@sinkron/accounts';
import { type Config, CONFIG } from '@sinkron/config';
import type { Transaction } from '@sinkron/database';
import { fieldError, invalid, Problem } from '@sinkron/observability';

/**
 * "Known, wait until …": somebody has seen why a ticket waits, and wants no alarm about it for a while. Only the alarm is
 * deferred: at `dueAt` the ticket is overdue all the same, and when the snooze is over a person is told.
 */
@Injectable()
export class Snoozes {
  constructor(
    private readonly writer: TicketWriter,
    private readonly urgency: TicketUrgency,
    private readonly statements: Statements,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A second one takes the place of the first. @throws Problem invalid for an instant that may not be */
  async set(
    by: OfficerActor,
    code: string,
    { until, reason }: { until: Date; reason: string },
  ): Promise<Ticket> {
    const judge = await this.urgency.judge();
    return this.writer.move(by, code, 'wait', async (ticket, transaction) => {
      this.assertPossible(ticket, until, transaction.now);
      const data = { until: until.toISOString() };
      const entry = await this.writer.entry(transaction, ticket, by, {
        kind: 'wait_known',
        data,
        text: reason,
      });
      ticket.snooze(until, entry.statementId ?? null);
      await this.writer.scheduleDeadline(transaction, ticket);
      const occasion = { by: by.officerId, because: 'time' } as const;
      return [entry, ...(await this.urgency.judgeAgain(transaction, ticket, judge, occasion))];
    });
  }

  /**
   * Ends it early; another officer's only by who answers for the office. An alarm that it deferred is raised now.
   * @throws Problem conflict, forbidden
   */
  async end(by: OfficerActor, code: string): Promise<Ticket> {
    const judge = await this.urgency.judge();
    return this.writer.move(by, code, 'wait', async (ticket, transaction) => {
      if (!ticket.snoozedUntil) throw nothingToEnd();
      if (by.role === 'officer' && !(await this.isBy(transaction, ticket, by))) throw notYours();
      ticket.endSnooze();
      await this.urgency.raiseDeferred(transaction, ticket, judge);
      await this.writer.scheduleDeadline(transaction, ticket);
      const data = { by: 'officer' };
      return [await this.writer.entry(transaction, ticket, by, { kind: 'wait_ended', data })];
    });
  }

  private assertPossible({ deadlineAt }: Ticket, until: Date, now: Date): void {
    if (until <= now) {
      throw refused(
        'until_passed',
        'Pilih waktu yang belum lewat.',
        'Choose an instant that has not passed.',
      );
    }
    const most = new Date(now.getTime() + this.config.durations.longestSnooze);
    if (until > most) {
      const latest = most.toISOString();
      throw refused('until_too_late', `Pilih paling lambat ${latest}.`, `Choose ${latest} at the latest.`);
    }
    if (deadlineAt && deadlineAt > now && until > deadlineAt) {
      const latest = deadlineAt.toISOString();
      throw refused(
        'until_after_deadline',
        `Pendaftaran pemohon tutup ${latest}; pilih waktu sebelum itu.`,
        `The applicant's registration closes at ${latest}; choose an instant before it.`,
      );
    }
  }

  private async isBy(
    transaction: Transaction,
    ticket: Ticket,
    { officerId }: OfficerActor,
  ): Promise<boolean> {
    const [note] = ticket.snoozeNoteId ? await this.statements.notes(transaction, [ticket.snoozeNoteId]) : [];
    return note?.officerId === officerId;
  }
}

function refused(code: string, id: string, en: string): Problem {
  return invalid([fieldError('until', code, id, en)]);
}

function nothingToEnd(): Problem {
  return new Problem('conflict', {
    id: 'Laporan ini tidak sedang ditandai "sudah diketahui, tunggu".',
    en: 'This ticket is not marked as "known, wait".',
  });
}

function notYours(): Problem {
  return new Problem('forbidden', {
    id: 'Tanda ini dipasang petugas lain. Minta petugas itu atau supervisor mengakhirinya.',
    en: 'Another officer marked it. Ask that officer or a supervisor to end it.',
  });
}
