import { Inject, Injectable } from '@nestjs/common';
import { Centre } from '../centre/centre';
import { Incidents } from '../centre/incidents';
import { Outcomes } from '../outcomes';
import { disputedFields, pushedValues, type ResyncTicket, ResyncTickets } from '../resync-ticket';
import { type ReadingPlan, ReadingPlans } from '../verification/reading-plans';
import { Push } from './push';
import { insertPush, savePush } from './push-records';
import { pushStateOf } from './push-state';
import { type Config, CONFIG } from '@sinkron/config';
import type { Transaction } from '@sinkron/database';
import { LagEstimates, type Lags, predict } from '@sinkron/lag';
import { type Claim, StaleLease, WorkTable } from '@sinkron/queue';
import type { AskedField, AskedValues, VerificationAnswer } from '@sinkron/registry';
import {
  acceptedDueAt,
  centreWork,
  riskOf,
  type Ticket,
  TicketUrgency,
  TicketWriter,
  type UrgencyJudge,
} from '@sinkron/tickets';

/** What is read before the transaction in which an accepted push is written. */
interface AcceptanceRules {
  lags: Lags;
  isUrgent: UrgencyJudge;
  planReading: ReadingPlan;
}

/** A push that may be sent, and the fields for which it is. */
interface ComposedPush {
  push: Push;
  disputed: readonly AskedField[] | null;
}

/** Has the centre brought up to date (R6): reads it first, then pushes what the paper says, once. */
@Injectable()
export class Pushes {
  constructor(
    private readonly tickets: ResyncTickets,
    private readonly centre: Centre,
    private readonly outcomes: Outcomes,
    private readonly incidents: Incidents,
    private readonly writer: TicketWriter,
    private readonly urgency: TicketUrgency,
    private readonly estimates: LagEstimates,
    private readonly plans: ReadingPlans,
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The handler of `push`; its subject is a ticket. */
  async perform(claim: Claim): Promise<void> {
    const found = await this.tickets.open(claim);
    if (!found) return;
    try {
      const composed = await this.compose(claim, found);
      if (composed) await this.send(claim, found, composed);
    } catch (error) {
      await this.tickets.waitForCentre(claim, found.ticket, error);
    }
  }

  /**
   * The push to be sent, committed before it is sent: one that was composed and never answered is sent again under
   * its own key. @returns null when there is nothing to be sent: the first reading ended the job, or a person must
   * confirm the paper first
   */
  private async compose(claim: Claim, found: ResyncTicket): Promise<ComposedPush | null> {
    const { ticket, values, push } = found;
    const unread = ticket.verification === 'unread' || isDoubtReadAgain(ticket);
    if (!unread && push && pushStateOf(push) === 'composed') return { push, disputed: ticket.disputed };
    const reading =
      unread && !ticket.identityDisputed
        ? await this.centre.ask(
            async (client) => {
              await this.work.confirm(claim);
              return client.verify(values);
            },
            ticket.state === 'in_review' && !ticket.urgent ? 'spare' : 'usual',
          )
        : null;
    return this.writer.change(ticket.id, async (current, transaction) => {
      assertSameStatement(ticket, current);
      // Cancelled, suspended or passed to another worker while the centre was read: nothing may be composed.
      await this.work.hold(transaction, claim);
      if (await this.isStopped(transaction, claim, current, reading && { reading, values })) return null;
      const fresh = Push.compose(current, found.region, transaction.now);
      await insertPush(transaction, fresh);
      return { push: fresh, disputed: current.disputed };
    });
  }

  /** Whether nothing may be pushed now: by a dispute, by what the centre has just answered, or for want of a paper. */
  private async isStopped(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    read: { reading: VerificationAnswer; values: AskedValues } | null,
  ): Promise<boolean> {
    if (ticket.identityDisputed) {
      await this.outcomes.disputed(transaction, claim, ticket);
      return true;
    }
    if (read && (await this.judgeFirstReading(transaction, claim, ticket, read)) === 'ended') return true;
    if (!ticket.awaitsConfirmation()) return false;
    await this.outcomes.doubt(transaction, claim, ticket);
    return true;
  }

  /** The verdict before the push (R8): decides what is in dispute from now on. */
  private async judgeFirstReading(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    { reading, values }: { reading: VerificationAnswer; values: AskedValues },
  ): Promise<'ended' | 'mismatch'> {
    if (reading.kind === 'refusal') {
      await this.outcomes.review(transaction, claim, ticket, reading.reason, reading.code);
      return 'ended';
    }
    const proof = await this.tickets.keep(transaction, ticket, { reading, values }, 'before');
    const { id, verdicts, matched } = proof;
    if (matched) {
      await this.outcomes.resolve(transaction, claim, ticket, 'already_in_step', proof);
      return 'ended';
    }
    ticket.disputeAfterReading(disputedFields(verdicts), riskOf(verdicts));
    const goesOn = !ticket.awaitsConfirmation() && ticket.endReview();
    await this.writer.save(transaction, ticket, [
      { kind: 'read', data: { moment: 'before', readingId: id, verdicts, risk: ticket.risk } },
      ...(goesOn ? [{ kind: 'review_ended', data: { by: 'centre' } } as const] : []),
    ]);
    return 'mismatch';
  }

  private async send(
    claim: Claim,
    { ticket, values, officeCode }: ResyncTicket,
    { push, disputed }: ComposedPush,
  ): Promise<void> {
    const answer = await this.centre.ask(async (client) => {
      // Suspended since it was composed, or while the gate was asked: it is not sent.
      await this.work.confirm(claim);
      return client.push(push.id, pushedValues(values, disputed), officeCode);
    });
    const rules: AcceptanceRules = {
      lags: await this.estimates.current(),
      isUrgent: await this.urgency.judge(),
      planReading: await this.plans.current(),
    };
    await this.writer.change(ticket.id, async (current, transaction) => {
      assertSameStatement(ticket, current);
      await this.work.hold(transaction, claim);
      if (answer === 'refused') return this.refused(transaction, claim, current, push);
      await this.accepted(transaction, claim, current, { push, trackingId: answer.trackingId, rules });
    });
    if (answer !== 'refused') await this.incidents.end('centre_not_taking');
  }

  /** The centre did not even take it. Under the same key it would say the same for ever: the next push gets a new one. */
  private async refused(transaction: Transaction, claim: Claim, ticket: Ticket, push: Push): Promise<void> {
    push.fail('parameters_invalid');
    await savePush(transaction, push);
    ticket.recordPush('refuse');
    await this.outcomes.review(transaction, claim, ticket, 'parameters_invalid', '07');
  }

  /** The centre took it: from the first time on the resync's day runs, and readings follow (R7). */
  private async accepted(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    { push, trackingId, rules }: { push: Push; trackingId: string; rules: AcceptanceRules },
  ): Promise<void> {
    const { now } = transaction;
    await this.work.finish(transaction, claim);
    const first = ticket.acceptPush(now, acceptedDueAt(now, this.config.durations));
    push.accept(now, trackingId, predict(rules.lags.of(ticket.officeId), ticket, now));
    await savePush(transaction, push);
    const urgent = await this.urgency.judgeAgain(transaction, ticket, rules.isUrgent);
    await this.writer.save(transaction, ticket, [
      { kind: 'pushed', data: { pushNo: push.pushNo, trackingId, handOverId: push.id } },
      ...urgent,
    ]);
    const firstReading = rules.planReading(ticket, now, now);
    await this.work.schedule(transaction, centreWork('verify', ticket, firstReading));
    // One that is overdue already is judged at once: an incident may have covered it until now.
    if (first) await this.writer.scheduleDeadline(transaction, ticket, ticket.overdue ? now : undefined);
  }
}

/** It has waited in review for a person, and meanwhile the centre may have mended what differs. */
function isDoubtReadAgain(ticket: Ticket): boolean {
  return ticket.state === 'in_review' && ticket.awaitsConfirmation() && ticket.pushes === 0;
}

/** A correction came while the centre was asked about the older values: what it said is of no use. */
function assertSameStatement(seen: Ticket, current: Ticket): void {
  if (current.statementId !== seen.statementId || current.round !== seen.round) throw new StaleLease();
}
