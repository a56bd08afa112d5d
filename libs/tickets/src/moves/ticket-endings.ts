import { Injectable } from '@nestjs/common';
import type { Ending, Ticket } from '../model/ticket';
import { ticketKinds } from '../model/ticket-work';
import { TicketNotices } from '../notices/notices';
import type { Id, Transaction } from '@sinkron/database';
import { type EscalationEnd, Escalations } from '@sinkron/escalation';
import { WorkTable } from '@sinkron/queue';

/** What the end of the ticket says of the escalation that is open. */
const endings: Record<Ending['move'], EscalationEnd> = {
  resolve: { outcome: 'fixed_at_centre', cause: 'ticket_resolved' },
  reject: { outcome: 'not_possible', cause: 'ticket_rejected' },
  cancel: { outcome: 'false_alarm', cause: 'ticket_cancelled' },
  merge: { outcome: 'false_alarm', cause: 'ticket_merged' },
};

/** Ends a ticket: nothing more is to be done for it, and nobody need act on it. */
@Injectable()
export class TicketEndings {
  constructor(
    private readonly work: WorkTable,
    private readonly escalations: Escalations,
    private readonly notices: TicketNotices,
  ) {}

  /**
   * Changes the ticket; the caller saves it with what happened.
   * @param by the officer who ends it, and need not be told; null for the service
   */
  async end(transaction: Transaction, ticket: Ticket, ending: Ending, by: Id | null = null): Promise<void> {
    ticket.close(transaction.now, ending);
    await this.work.drop(transaction, ticketKinds, ticket.id);
    await this.escalations.closeForTicket(transaction, ticket.id, { ...endings[ending.move], told: by });
    if (ending.move === 'resolve') await this.notices.resolved(transaction, ticket);
    else await this.notices.overtake(transaction, ticket, 'notice_documents');
  }
}
