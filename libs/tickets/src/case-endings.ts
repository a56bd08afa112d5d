import { Injectable } from '@nestjs/common';
import type { Transaction } from '@sinkron/database';
import { type EscalationOutcome, Escalations } from '@sinkron/escalation';
import { WorkTable, workKinds } from '@sinkron/queue';
import type { Ticket } from './ticket';

const ends: Record<'resolved' | 'rejected' | 'cancelled', EscalationOutcome> = {
  resolved: 'fixed_at_centre',
  rejected: 'not_possible',
  cancelled: 'false_alarm',
};

/** Ends a case: nothing more is to be done for it, and nobody need act on it. */
@Injectable()
export class CaseEndings {
  constructor(
    private readonly work: WorkTable,
    private readonly escalations: Escalations,
  ) {}

  /** Changes the case; the caller saves it with what happened. */
  async end(
    transaction: Transaction,
    ticket: Ticket,
    state: keyof typeof ends,
    outcome: string,
  ): Promise<void> {
    Object.assign(ticket, {
      state,
      openMarker: null,
      closedAt: transaction.now,
      suspendedAt: null,
      outcome,
      reason: null,
    });
    await this.work.drop(transaction, workKinds, ticket.id);
    await this.escalations.closeForCase(transaction, ticket.id, ends[state]);
  }
}
