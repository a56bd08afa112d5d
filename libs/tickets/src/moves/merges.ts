import { Injectable } from '@nestjs/common';
import { isClosed } from '../model/lifecycle';
import type { Ticket } from '../model/ticket';
import { TicketStore } from '../reading/ticket-store';
import { IdentityDisputes } from './identity-disputes';
import { TicketEndings } from './ticket-endings';
import { TicketLinks } from './ticket-links';
import { TicketUrgency } from './ticket-urgency';
import { TicketWriter } from './ticket-writer';
import type { OfficerActor } from '@sinkron/accounts';
import { type Transaction, Transactions } from '@sinkron/database';
import { fieldError, fieldProblem, invalid, type Problem } from '@sinkron/observability';

/** Two tickets on one NIK are one matter after all: one of them ends, the other goes on for both. */
@Injectable()
export class Merges {
  constructor(
    private readonly transactions: Transactions,
    private readonly writer: TicketWriter,
    private readonly store: TicketStore,
    private readonly links: TicketLinks,
    private readonly endings: TicketEndings,
    private readonly disputes: IdentityDisputes,
    private readonly urgency: TicketUrgency,
  ) {}

  /**
   * Ends the ticket as merged. The other one stands as it was stated; it takes over what presses (a nearer deadline) and
   * the offices that take part.
   * @throws Problem invalid when `into` is not another ticket of the scope on the same NIK, conflict when it is closed
   */
  async merge(
    by: OfficerActor,
    code: string,
    { into, note }: { into: string; note?: string },
  ): Promise<Ticket> {
    const judge = await this.urgency.judge();
    return this.transactions.run(async (transaction) => {
      const ticket = await this.writer.lock(transaction, by, code, 'merge');
      const other = await this.links.lockOther(transaction, by, 'into', into);
      if (other.personId !== ticket.personId || other.service !== ticket.service) throw otherNik();
      if (other.id === ticket.id) throw itself();
      if (isClosed(other.state)) throw closed();
      await this.endings.end(transaction, ticket, { move: 'merge', outcome: 'merged' }, by.officerId);
      await this.writer.save(transaction, ticket, [
        await this.writer.entry(transaction, ticket, by, {
          kind: 'merged',
          data: { into: other.code },
          text: note,
        }),
      ]);
      await this.takeOver(transaction, ticket, other);
      const urgent = await this.urgency.judgeAgain(transaction, other, judge, { by: by.officerId });
      await this.writer.scheduleDeadline(transaction, other);
      await this.writer.save(transaction, other, [
        { kind: 'merged_in', officerId: by.officerId, data: { from: ticket.code } },
        ...urgent,
      ]);
      await this.disputes.settle(transaction, other);
      return ticket;
    });
  }

  private async takeOver(transaction: Transaction, ticket: Ticket, other: Ticket): Promise<void> {
    if (ticket.deadlineStated && ticket.deadlineAt) other.stateDeadline(ticket.deadlineAt);
    await this.store.passParticipants(transaction, ticket, other);
    await this.links.add(transaction, [
      { ticketId: ticket.id, otherId: other.id, kind: 'merged_into' },
      { ticketId: other.id, otherId: ticket.id, kind: 'merged_from' },
    ]);
  }
}

function itself(): Problem {
  const id = 'Sebutkan laporan lain, bukan laporan ini sendiri.';
  return invalid([fieldError('into', 'same_ticket', id, 'Give another ticket, not this one itself.')]);
}

function otherNik(): Problem {
  const id = 'Laporan itu bukan atas NIK yang sama. Untuk satu orang dengan dua NIK, pakai tautan (links).';
  const en = 'That ticket is not about the same NIK. For one person with two NIKs, link the two (links).';
  return invalid([fieldError('into', 'other_nik', id, en)]);
}

function closed(): Problem {
  return fieldProblem('conflict', 'into', 'ticket_closed', {
    id: 'Laporan tujuan sudah ditutup. Gabungkan ke laporan yang masih terbuka, atau buka kembali dahulu.',
    en: 'The other ticket is closed. Merge into one that is open, or reopen it first.',
  });
}
