import { Inject, Injectable } from '@nestjs/common';
import { contestEnd } from '../model/deadlines';
import { isAllowed } from '../model/lifecycle';
import type { Ticket } from '../model/ticket';
import { centreWork } from '../model/ticket-work';
import { WorkerTickets } from '../reading/worker-tickets';
import { TicketNotices } from '../notices/notices';
import { TicketWriter } from './ticket-writer';
import type { OfficerActor } from '@sinkron/accounts';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, toBinary, type Transaction, Transactions } from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import { WorkTable } from '@sinkron/queue';

/** Somebody says that a resolved ticket is not done: the centre is read again, and until then it stays as it is. */
@Injectable()
export class Contests {
  constructor(
    private readonly transactions: Transactions,
    private readonly writer: TicketWriter,
    private readonly tickets: WorkerTickets,
    private readonly work: WorkTable,
    private readonly notices: TicketNotices,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem conflict when it is not resolved, is being read again already, or closed too long ago */
  byOfficer(by: OfficerActor, code: string, { reason }: { reason: string }): Promise<Ticket> {
    return this.writer.move(by, code, 'contest', async (ticket, transaction) => {
      await this.begin(transaction, ticket);
      const data = { by: 'officer' };
      return [await this.writer.entry(transaction, ticket, by, { kind: 'contested', data, text: reason })];
    });
  }

  /**
   * By whoever holds the receipt, which the caller has judged already; once for each closing.
   * @throws Problem conflict, as for an officer, and for the second time
   */
  byApplicant(ticketId: Id): Promise<Ticket> {
    return this.transactions.run(async (transaction) => {
      const ticket = await this.tickets.lock(transaction, ticketId);
      if (!ticket || !isAllowed('contest', ticket.state)) throw notResolved();
      if (await this.wasAskedByApplicant(transaction, ticket)) throw askedBefore();
      await this.begin(transaction, ticket);
      await this.writer.save(transaction, ticket, [{ kind: 'contested', data: { by: 'applicant' } }]);
      return ticket;
    });
  }

  /** Until when a resolved ticket may be contested; null for any other. */
  until({ state, closedAt }: Pick<Ticket, 'state' | 'closedAt'>): Date | null {
    if (!closedAt || !isAllowed('contest', state)) return null;
    return contestEnd(closedAt, this.config.durations);
  }

  /** Whether the applicant may ask now; what is offered and what is taken must be the same. */
  mayApplicantAsk(ticket: Ticket): Promise<boolean> {
    return this.transactions.run(async (transaction) => {
      const until = this.until(ticket);
      if (!until || until <= transaction.now || ticket.contestedAt) return false;
      return !(await this.wasAskedByApplicant(transaction, ticket));
    });
  }

  private async begin(transaction: Transaction, ticket: Ticket): Promise<void> {
    const { now } = transaction;
    const until = this.until(ticket);
    if (!until || until <= now) throw tooLate();
    if (ticket.contestedAt) throw beingRead();
    ticket.contest(now);
    await this.notices.overtake(transaction, ticket, 'notice_contest');
    await this.work.schedule(transaction, centreWork('contest', ticket, now));
    await this.writer.scheduleDeadline(transaction, ticket);
  }

  private async wasAskedByApplicant(transaction: Transaction, { id, closedAt }: Ticket): Promise<boolean> {
    const asked = await transaction.query(
      `select 1 from history where ticket_id = ? and kind = 'contested' and officer_id is null and at >= ? limit 1`,
      [toBinary(id), closedAt],
    );
    return asked.length > 0;
  }
}

function conflict(id: string, en: string): Problem {
  return new Problem('conflict', { id, en });
}

function notResolved(): Problem {
  return conflict(
    'Hanya laporan yang sudah selesai yang bisa diminta diperiksa lagi.',
    'Only a report that is done can be asked to be checked again.',
  );
}

function askedBefore(): Problem {
  return conflict(
    'Laporan ini sudah pernah Anda minta diperiksa lagi. Bila masih ada masalah, hubungi kantor tempat Anda melapor.',
    'You have asked for this report to be checked again before. If something is still wrong, contact the office.',
  );
}

function beingRead(): Problem {
  return conflict(
    'Laporan ini sedang diperiksa lagi ke pusat. Lihat hasilnya sebentar lagi.',
    'This report is being checked again with the centre. Look again shortly.',
  );
}

function tooLate(): Problem {
  return conflict(
    'Waktu untuk meminta pemeriksaan ulang sudah lewat. Buat laporan baru di kantor Dukcapil.',
    'The time to have it checked again is over. Log a new complaint at the registry office.',
  );
}
