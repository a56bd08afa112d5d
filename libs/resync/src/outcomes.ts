import { Injectable } from '@nestjs/common';
import type { Reading } from './verification/reading';
import { ReviewedReadings } from './verification/reviewed-readings';
import type { Transaction } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';
import { recordEvents } from '@sinkron/events';
import { type Claim, WorkTable } from '@sinkron/queue';
import type { Refusal } from '@sinkron/registry';
import { identityDisputed, type Ticket, TicketEndings, TicketWriter } from '@sinkron/tickets';

/** How a ticket goes on after the centre has answered; each is written under the lease of the job that asked. */
@Injectable()
export class Outcomes {
  constructor(
    private readonly work: WorkTable,
    private readonly endings: TicketEndings,
    private readonly escalations: Escalations,
    private readonly writer: TicketWriter,
    private readonly readings: ReviewedReadings,
  ) {}

  /**
   * Closed means proved: by a reading of this revision and round in which everything that was in dispute matches (R7, R8).
   * @throws NotProved
   */
  async resolve(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    outcome: 'synchronised' | 'already_in_step',
    proof: Reading,
  ): Promise<void> {
    assertProof(ticket, proof);
    await this.work.finish(transaction, claim);
    await this.endings.end(transaction, ticket, { move: 'resolve', outcome, proofId: proof.id });
    const { code, officeId } = ticket;
    const data = { ticket: code, outcome };
    await recordEvents(transaction, { type: 'ticket.resolved', subject: code, officeId, data });
    const since = ticket.acceptedAt ?? ticket.roundAt;
    const seconds = Math.round((transaction.now.getTime() - since.getTime()) / 1000);
    await this.writer.save(transaction, ticket, [
      { kind: 'resolved', data: { outcome, seconds, readingId: proof.id, verdicts: proof.verdicts } },
    ]);
  }

  /** The centre does not accept this record, whatever we push: an officer must look. Its deadline goes on running. */
  async review(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    reason: Refusal,
    code: string,
  ): Promise<void> {
    // The centre finds our request itself wrong: an officer sees to the ticket, but only operations can fix that.
    if (reason === 'parameters_invalid')
      await this.escalations.openIncident(transaction, 'request_invalid', { code });
    await this.toReview(transaction, claim, ticket, { reason, code });
  }

  /** What the first reading shows wants a person who says which paper was seen; nothing is pushed before. */
  async doubt(transaction: Transaction, claim: Claim, ticket: Ticket): Promise<void> {
    await this.toReview(transaction, claim, ticket, { reason: ticket.risk ?? 'routine' });
  }

  /** Another open ticket claims the NIK: whatever had it pushed, nothing is. */
  disputed(transaction: Transaction, claim: Claim, ticket: Ticket): Promise<void> {
    return this.toReview(transaction, claim, ticket, { reason: identityDisputed });
  }

  /** The history tells it once, however often it is read again in review. */
  private async toReview(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    data: { reason: string; code?: string },
  ): Promise<void> {
    const again = ticket.state === 'in_review' && ticket.reason === data.reason;
    const since = again ? ticket.waitingSince : null;
    ticket.review(data.reason);
    await this.readings.plan(transaction, claim, ticket, since);
    if (!again) await this.writer.save(transaction, ticket, [{ kind: 'in_review', data }]);
  }
}

/** Somebody wanted to close a ticket by a reading that proves nothing of it: a fault of ours. */
export class NotProved extends Error {
  constructor(code: string) {
    super(`Ticket ${code} is not proved by this reading`);
    this.name = 'NotProved';
  }
}

/** @throws NotProved */
export function assertProof(ticket: Ticket, proof: Reading): void {
  const ofTicket =
    proof.ticketId === ticket.id && proof.round === ticket.round && proof.statementId === ticket.statementId;
  if (!ofTicket || !proof.matched) throw new NotProved(ticket.code);
}
