import { Inject, Injectable } from '@nestjs/common';
import { type Principal, fieldTold } from '@sinkron/access';
import type { Config } from '@sinkron/config';
import type { Transaction } from '@sinkron/database';
import { Problem, invalid } from '@sinkron/observability';
import { CONFIG } from '@sinkron/queue';
import { Moves } from './moves';
import { Statements } from './statements';
import type { Ticket } from './ticket';
import { endWait } from './waiting';

/**
 * "Known, wait until …": somebody has seen why a case waits, and wants no alarm about it for a while. Only the telling is
 * deferred: at `dueAt` the case is overdue all the same, and when the wait is over a person is told.
 */
@Injectable()
export class Waits {
  constructor(
    private readonly moves: Moves,
    private readonly statements: Statements,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A second wait takes the place of the first. @throws Problem invalid for an instant that may not be */
  set(by: Principal, code: string, { until, reason }: { until: Date; reason: string }): Promise<Ticket> {
    return this.moves.move(by, code, 'wait', async (ticket, transaction) => {
      this.judge(ticket, until, transaction.now);
      const data = { until: until.toISOString() };
      const happened = await this.moves.happened(transaction, ticket, by, 'wait_known', data, reason);
      ticket.knownUntil = until;
      ticket.knownNoteId = happened[0]?.statementId ?? null;
      await this.moves.watch(transaction, ticket);
      return happened;
    });
  }

  /** Ends it early; another officer's only by who answers for the office. @throws Problem conflict, forbidden */
  end(by: Principal, code: string): Promise<Ticket> {
    return this.moves.move(by, code, 'wait', async (ticket, transaction) => {
      if (!ticket.knownUntil) throw nothingToEnd();
      if (by.role === 'officer' && !(await this.isBy(transaction, ticket, by))) throw notYours();
      endWait(ticket);
      await this.moves.watch(transaction, ticket);
      return this.moves.happened(transaction, ticket, by, 'wait_ended', { by: 'officer' });
    });
  }

  private judge({ deadlineAt }: Ticket, until: Date, now: Date): void {
    if (until <= now) {
      throw refused(
        'until_passed',
        'Pilih waktu yang belum lewat.',
        'Choose an instant that has not passed.',
      );
    }
    const most = new Date(now.getTime() + this.config.durations.longestWait);
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

  private async isBy(transaction: Transaction, ticket: Ticket, { officerId }: Principal): Promise<boolean> {
    const [note] = ticket.knownNoteId ? await this.statements.notes(transaction, [ticket.knownNoteId]) : [];
    return note?.officerId === officerId;
  }
}

function refused(code: string, id: string, en: string): Problem {
  return invalid([fieldTold('until', code, id, en)]);
}

function nothingToEnd(): Problem {
  return new Problem('conflict', {
    id: 'Laporan ini tidak sedang ditandai "sudah diketahui, tunggu".',
    en: 'This case is not marked as "known, wait".',
  });
}

function notYours(): Problem {
  return new Problem('forbidden', {
    id: 'Tanda ini dipasang petugas lain. Minta petugas itu atau supervisor mengakhirinya.',
    en: 'Another officer marked it. Ask that officer or a supervisor to end it.',
  });
}
