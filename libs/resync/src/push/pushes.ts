import { Inject, Injectable } from '@nestjs/common';
import { Centre } from '../centre/centre';
import { Incidents } from '../centre/incidents';
import { Push } from '../evidence';
import { Outcomes } from '../outcomes';
import { disputedFields, type ResyncTicket, ResyncTickets } from '../resync-ticket';
import { type ReadingPlan, ReadingPlans } from '../verification/reading-plans';
import { type Config, CONFIG } from '@sinkron/config';
import { insertRows, newId, toBinary, type Transaction } from '@sinkron/database';
import { LagEstimates, type Lags, predict } from '@sinkron/lag';
import { type Claim, StaleLease, WorkTable } from '@sinkron/queue';
import type { VerificationAnswer } from '@sinkron/registry';
import {
  acceptedDueAt,
  applyPush,
  applyMove,
  applyVerification,
  TicketUrgency,
  centreWork,
  saveTicket,
  type Ticket,
  type UrgencyJudge,
} from '@sinkron/tickets';

/** What was known of the lag and the urgency rules before an outcome is written. */
interface Known {
  lags: Lags;
  judge: UrgencyJudge;
  nextCheck: ReadingPlan;
}

/** Has the centre brought up to date (R6): reads it first, then pushes what the paper says, once. */
@Injectable()
export class Pushes {
  constructor(
    private readonly cases: ResyncTickets,
    private readonly centre: Centre,
    private readonly outcomes: Outcomes,
    private readonly incidents: Incidents,
    private readonly urgency: TicketUrgency,
    private readonly estimates: LagEstimates,
    private readonly plans: ReadingPlans,
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The handler of `hand-over`; its subject is a case. */
  async perform(claim: Claim): Promise<void> {
    const found = await this.cases.open(claim);
    if (!found) return;
    try {
      const push = await this.compose(claim, found);
      if (push) await this.push(claim, found, push);
    } catch (error) {
      await this.cases.waitForCentre(claim, found.ticket, error);
    }
  }

  /**
   * The push to be sent, committed before it is sent: one that was composed and never answered is sent again under
   * its own key. @returns null when the first reading already ended the job
   */
  private async compose(claim: Claim, found: ResyncTicket): Promise<Push | null> {
    const { ticket, values, push } = found;
    const unread = ticket.verification === 'unread';
    if (!unread && push?.state === 'composed') return push;
    const reading = unread
      ? await this.centre.ask(async (client) => {
          await this.work.confirm(claim);
          return client.verify(values);
        })
      : null;
    let composed: Push | null = null;
    await this.cases.settle(ticket, async (current, transaction) => {
      assertSameRevision(ticket, current);
      // Cancelled, suspended or passed to another worker while the centre was read: nothing may be composed.
      await this.work.hold(transaction, claim);
      if (reading && (await this.readFirst(transaction, claim, current, reading)) === 'ended') return;
      composed = fresh(current, found.region, transaction.now);
      await insertRows(transaction, Push, [composed]);
    });
    return composed;
  }

  /** The verdict before (R8): decides what is in dispute from now on. */
  private async readFirst(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    reading: VerificationAnswer,
  ): Promise<'ended' | 'mismatch'> {
    if (reading.kind === 'refusal') {
      await this.outcomes.review(transaction, claim, ticket, reading.reason, reading.code);
      return 'ended';
    }
    const proof = await this.cases.keep(transaction, ticket, reading, 'before');
    const { id, verdicts, matched } = proof;
    if (matched) {
      await this.outcomes.resolve(transaction, claim, ticket, 'already_in_step', proof);
      return 'ended';
    }
    applyVerification(ticket, 'mismatch');
    Object.assign(ticket, { disputed: disputedFields(verdicts), reason: null });
    await saveTicket(transaction, ticket, [
      { kind: 'read', data: { moment: 'before', readingId: id, verdicts } },
    ]);
    return 'mismatch';
  }

  private async push(claim: Claim, { ticket, values, officeCode }: ResyncTicket, push: Push): Promise<void> {
    const answer = await this.centre.ask(async (client) => {
      // Suspended since it was composed, or while the gate was asked: it stays here.
      await this.work.confirm(claim);
      return client.consolidate(push.id, values, officeCode);
    });
    const known: Known = {
      lags: await this.estimates.current(),
      judge: await this.urgency.judge(),
      nextCheck: await this.plans.current(),
    };
    await this.cases.settle(ticket, async (current, transaction) => {
      assertSameRevision(ticket, current);
      await this.work.hold(transaction, claim);
      if (answer === 'refused') {
        // Under the same key the centre would say the same for ever: the next push needs a new one.
        await transaction.execute(
          `update push set state = 'refused', reason = 'parameters_invalid' where id = ?`,
          [toBinary(push.id)],
        );
        applyPush(current, 'refuse');
        await this.outcomes.review(transaction, claim, current, 'parameters_invalid', '07');
        return;
      }
      await this.accepted(transaction, claim, current, {
        push: { ...push, trackingId: answer.trackingId },
        known,
      });
    });
    if (answer !== 'refused') await this.incidents.end('centre_not_taking');
  }

  /** The centre took it: from the first time on the resync's day runs, and readings follow (R7). */
  private async accepted(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    { push, known }: { push: Push; known: Known },
  ): Promise<void> {
    const { now } = transaction;
    await this.work.finish(transaction, claim);
    const first = ticket.acceptedAt === null;
    // A new clock begins: what held up the one before holds it no more.
    if (first)
      Object.assign(ticket, {
        acceptedAt: now,
        dueAt: acceptedDueAt(now, this.config.durations),
        heldBy: null,
      });
    applyPush(ticket, 'accept');
    applyMove(ticket, 'proceed');
    Object.assign(ticket, { pushes: ticket.pushes + 1, pushedAt: now, reason: null });
    const expected = predict(known.lags.of(ticket.officeId), ticket, now);
    await transaction.execute(
      `update push set state = 'accepted', tracking_id = ?, accepted_at = ?,
         predicted_from = ?, predicted_to = ?, predicted_by90 = ? where id = ?`,
      [
        push.trackingId,
        now,
        expected?.from ?? null,
        expected?.to ?? null,
        expected?.by90 ?? null,
        toBinary(push.id),
      ],
    );
    const urgent = await this.outcomes.applyUrgency(transaction, ticket, known.judge);
    const { pushNo, trackingId } = push;
    await saveTicket(transaction, ticket, [
      { kind: 'pushed', data: { pushNo, trackingId, handOverId: push.id } },
      ...urgent,
    ]);
    const firstCheck = known.nextCheck(ticket, now, now);
    await this.work.schedule(transaction, centreWork('verify', ticket, firstCheck));
    if (first) await this.outcomes.scheduleDeadline(transaction, ticket);
  }
}

/** A correction came while the centre was asked about the older values: what it said is of no use. */
function assertSameRevision(seen: Ticket, current: Ticket): void {
  if (current.statementId !== seen.statementId || current.round !== seen.round) throw new StaleLease();
}

function fresh(ticket: Ticket, region: string, now: Date): Push {
  return {
    id: newId(),
    ticketId: ticket.id,
    round: ticket.round,
    pushNo: ticket.pushes + 1,
    statementId: ticket.statementId,
    state: 'composed',
    reason: null,
    trackingId: null,
    composedAt: now,
    acceptedAt: null,
    appliedAt: null,
    region,
    mismatchedAt: null,
    provedAt: null,
    predictedFrom: null,
    predictedTo: null,
    predictedBy90: null,
  };
}
