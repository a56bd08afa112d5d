import { ticketKinds } from '../model/ticket-work';
import { Injectable } from '@nestjs/common';
import { applyMove, prove } from '../model/lifecycle';
import type { Ticket } from '../model/ticket';
import { endSnooze } from '../model/waiting';
import { TicketNotices } from '../notices/notices';
import type { Id, Transaction } from '@sinkron/database';
import { type EscalationOutcome, Escalations } from '@sinkron/escalation';
import { WorkTable } from '@sinkron/queue';

/** How a case ends: by the proof that it is done, or because an officer ends it. */
export type Ending =
  | { move: 'resolve'; outcome: 'synchronised' | 'already_in_step'; proofId: Id }
  | { move: 'reject' | 'cancel'; outcome: string };

const meanings: Record<Ending['move'], EscalationOutcome> = {
  resolve: 'fixed_at_centre',
  reject: 'not_possible',
  cancel: 'false_alarm',
};

/** Ends a case: nothing more is to be done for it, and nobody need act on it. */
@Injectable()
export class TicketEndings {
  constructor(
    private readonly work: WorkTable,
    private readonly escalations: Escalations,
    private readonly notices: TicketNotices,
  ) {}

  /** Changes the case; the caller saves it with what happened. */
  async end(transaction: Transaction, ticket: Ticket, ending: Ending): Promise<void> {
    if (ending.move === 'resolve') prove(ticket, ending.proofId);
    else applyMove(ticket, ending.move);
    Object.assign(ticket, {
      openMarker: null,
      closedAt: transaction.now,
      suspendedAt: null,
      outcome: ending.outcome,
      reason: null,
    });
    endSnooze(ticket);
    await this.work.drop(transaction, ticketKinds, ticket.id);
    await this.escalations.closeForTicket(transaction, ticket.id, meanings[ending.move]);
    if (ending.move === 'resolve') await this.notices.resolved(transaction, ticket);
    else await this.notices.overtake(transaction, ticket, 'notice_documents');
  }
}
