import { centreKinds } from '../model/ticket-work';
import { Injectable } from '@nestjs/common';
import { rankOf } from '../model/deadlines';
import { saveTicket, TicketStore } from '../model/ticket-store';
import { Moves } from './moves';
import type { OfficerActor } from '@sinkron/accounts';
import { Transactions } from '@sinkron/database';
import { type Escalation, EscalationMoves, Escalations } from '@sinkron/escalation';
import { Problem } from '@sinkron/observability';
import { WorkTable } from '@sinkron/queue';

/** "No emergency after all": the escalation ends and its case goes on in its regular way, in one transaction. */
@Injectable()
export class EscalationReturns {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: TicketStore,
    private readonly escalations: Escalations,
    private readonly endings: EscalationMoves,
    private readonly moves: Moves,
    private readonly work: WorkTable,
  ) {}

  /**
   * An overdue case stays urgent: that is a fact, and no flag takes it away. If a fact makes the case urgent again, a
   * person is told again.
   * @throws Problem `not_found` outside the scope, `conflict` for an incident and for what is resolved already
   */
  toRegular(by: OfficerActor, escalationId: string, reason: string): Promise<Escalation> {
    return this.transactions.run(async (transaction) => {
      const { ticketCode } = await this.escalations.get(transaction, by.scope, escalationId);
      if (ticketCode === null) throw noCase();
      // The case first, as every move has it.
      const ticket = await this.store.lock(transaction, by.scope, ticketCode);
      if (!ticket.overdue && ticket.openMarker === 1) {
        ticket.urgent = false;
        await this.work.demote(transaction, centreKinds, ticket.id, rankOf(ticket));
      }
      const happened = await this.moves.entry(transaction, ticket, by, 'returned', null, reason);
      await saveTicket(transaction, ticket, happened);
      return this.endings.resolveIn(transaction, by, escalationId, { outcome: 'returned', note: reason });
    });
  }
}

function noCase(): Problem {
  return new Problem('conflict', {
    id: 'Gangguan umum tidak punya laporan yang bisa dikembalikan; selesaikan dengan hasilnya.',
    en: 'An incident has no case to return; resolve it with its outcome.',
  });
}
