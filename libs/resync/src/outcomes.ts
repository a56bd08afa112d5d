import { Inject, Injectable } from '@nestjs/common';
import type { Reading } from './verification/reading';
import { type Config, CONFIG } from '@sinkron/config';
import type { Transaction } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';
import { recordEvents } from '@sinkron/events';
import { type Claim, WorkTable } from '@sinkron/queue';
import type { Refusal } from '@sinkron/registry';
import {
  applyMove,
  TicketEndings,
  deadlineWork,
  escalationOf,
  type NewHistory,
  nextDeadline,
  rankOf,
  saveTicket,
  type Ticket,
  type UrgencyJudge,
  centreKinds,
} from '@sinkron/tickets';

/** How a case goes on after the centre has spoken; each is written under the lease of the job that heard it. */
@Injectable()
export class Outcomes {
  constructor(
    private readonly work: WorkTable,
    private readonly endings: TicketEndings,
    private readonly escalations: Escalations,
    @Inject(CONFIG) private readonly config: Config,
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
    await saveTicket(transaction, ticket, [
      { kind: 'resolved', data: { outcome, seconds, readingId: proof.id, verdicts: proof.verdicts } },
    ]);
  }

  /** The centre will not have this record, whatever we push: an officer must look. Its deadline goes on running. */
  async review(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    reason: Refusal,
    code: string,
  ): Promise<void> {
    await this.work.finish(transaction, claim);
    // The centre finds our request itself wrong: an officer sees to the case, but only operations can mend that.
    if (reason === 'parameters_invalid')
      await this.escalations.openIncident(transaction, 'request_invalid', { code });
    applyMove(ticket, 'review');
    ticket.reason = reason;
    await saveTicket(transaction, ticket, [{ kind: 'in_review', data: { reason, code } }]);
  }

  /** Makes the case urgent if a fact says so, with the escalation, unless somebody knows, in the same transaction. */
  async applyUrgency(transaction: Transaction, ticket: Ticket, judge: UrgencyJudge): Promise<NewHistory[]> {
    const urgency = ticket.urgent ? null : judge(ticket, transaction.now);
    if (!urgency) return [];
    const { reason, detail } = urgency;
    ticket.urgent = true;
    // Somebody knows of the wait and is told when it is over.
    if (!ticket.snoozedUntil) {
      await this.escalations.openForTickets(transaction, [escalationOf(ticket, reason, detail)]);
    }
    await this.work.promote(transaction, centreKinds, ticket.id, rankOf(ticket));
    return [{ kind: 'urgent', data: { reason, ...detail } }];
  }

  /**
   * Sets the instant at which a person is told if nothing else happens. A case that is late already is looked at at
   * once: an incident may have spoken for it until now.
   */
  async scheduleDeadline(transaction: Transaction, ticket: Ticket): Promise<void> {
    const { now } = transaction;
    const dueAt = ticket.overdue ? now : nextDeadline(ticket, now, this.config.durations);
    await this.work.schedule(transaction, deadlineWork(ticket, dueAt));
  }
}

/** Somebody wanted to close a case by a reading that proves nothing of it: a fault of ours. */
export class NotProved extends Error {
  constructor(code: string) {
    super(`Case ${code} is not proved by this reading`);
    this.name = 'NotProved';
  }
}

/** @throws NotProved */
export function assertProof(ticket: Ticket, proof: Reading): void {
  const ofCase =
    proof.ticketId === ticket.id && proof.round === ticket.round && proof.statementId === ticket.statementId;
  if (!ofCase || !proof.matched) throw new NotProved(ticket.code);
}
