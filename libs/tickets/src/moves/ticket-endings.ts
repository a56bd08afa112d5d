import { Injectable } from '@nestjs/common';
import type { Ending, Ticket } from '../model/ticket';
import { ticketKinds } from '../model/ticket-work';
import { TicketNotices } from '../notices/notices';
import type { Transaction } from '@sinkron/database';
import { type EscalationOutcome, Escalations } from '@sinkron/escalation';
import { WorkTable } from '@sinkron/queue';

/** What the end of the ticket says of the escalation that is open. */
const outcomes: Record<Ending['move'], EscalationOutcome> = {
  resolve: 'fixed_at_centre',
  reject: 'not_possible',
  cancel: 'false_alarm',
};

/** Ends a ticket: nothing more is to be done for it, and nobody need act on it. */
@Injectable()
export class TicketEndings {
  constructor(
    private readonly work: WorkTable,
    private readonly escalations: Escalations,
    private readonly notices: TicketNotices,
  ) {}

  /** Changes the ticket; the caller saves it with what happened. */
  async end(transaction: Transaction, ticket: Ticket, ending: Ending): Promise<void> {
    ticket.close(transaction.now, ending);
    await this.work.drop(transaction, ticketKinds, ticket.id);
    await this.escalations.closeForTicket(transaction, ticket.id, outcomes[ending.move]);
    if (ending.move === 'resolve') await this.notices.resolved(transaction, ticket);
    else await this.notices.overtake(transaction, ticket, 'notice_documents');
  }
}
