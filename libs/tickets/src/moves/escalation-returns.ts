import { Injectable } from '@nestjs/common';
import { rankOf } from '../model/deadlines';
import { TicketStore } from '../reading/ticket-store';
import { centreKinds } from '../model/ticket-work';
import { TicketWriter } from './ticket-writer';
import type { OfficerActor } from '@sinkron/accounts';
import { Transactions } from '@sinkron/database';
import { type Escalation, EscalationMoves, Escalations } from '@sinkron/escalation';
import { Problem } from '@sinkron/observability';
import { WorkTable } from '@sinkron/queue';

/** "No emergency after all": the escalation ends and its ticket goes on in its regular way, in one transaction. */
@Injectable()
export class EscalationReturns {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: TicketStore,
    private readonly escalations: Escalations,
    private readonly endings: EscalationMoves,
    private readonly writer: TicketWriter,
    private readonly work: WorkTable,
  ) {}

  /**
   * An overdue ticket stays urgent: that is a fact, and no flag takes it away. If a fact makes the ticket urgent again, a
   * person is told again.
   * @throws Problem `not_found` outside the scope, `conflict` for an incident and for what is resolved already
   */
  toRegular(by: OfficerActor, escalationId: string, reason: string): Promise<Escalation> {
    return this.transactions.run(async (transaction) => {
      const { ticketCode } = await this.escalations.get(transaction, by.scope, escalationId);
      if (ticketCode === null) throw noTicket();
      // The ticket first: rows are locked in one order everywhere.
      const ticket = await this.store.lock(transaction, by.scope, ticketCode);
      if (ticket.becomeRegular()) await this.work.demote(transaction, centreKinds, ticket.id, rankOf(ticket));
      const entry = await this.writer.entry(transaction, ticket, by, { kind: 'returned', text: reason });
      await this.writer.save(transaction, ticket, [entry]);
      return this.endings.resolveIn(transaction, by, escalationId, { outcome: 'returned', note: reason });
    });
  }
}

function noTicket(): Problem {
  return new Problem('conflict', {
    id: 'Gangguan umum tidak punya laporan yang bisa dikembalikan; selesaikan dengan hasilnya.',
    en: 'An incident has no ticket to return; resolve it with its outcome.',
  });
}
