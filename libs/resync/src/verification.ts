import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { type Transaction, toBinary } from '@sinkron/database';
import { CONFIG, type Claim, WorkTable } from '@sinkron/queue';
import type { PushState, Reading } from '@sinkron/registry';
import { type Ticket, applyDelivery, applyMove, centreWork, saveTicket } from '@sinkron/tickets';
import { countPredictions, provedPushes } from './calibration';
import { Centre } from './centre';
import { type CheckPlan, CheckPlans } from './check-plan';
import type { HandOver } from './evidence';
import { Outcomes } from './outcomes';
import { type ResyncCase, ResyncCases } from './resync-case';

/** A case is pushed so often at most; then an officer must look. */
const mostPushes = 3;

interface Answers {
  progress: { state: PushState; reason: string | null } | null;
  reading: Reading;
}

/** A mismatch, and how the case is read again. */
interface Waiting {
  ticket: Ticket;
  handOver: HandOver;
  nextCheck: CheckPlan;
}

/** Reads the centre again until it agrees (R7): "the centre says it is done" is another fact than "it is done". */
@Injectable()
export class Verifications {
  constructor(
    private readonly cases: ResyncCases,
    private readonly centre: Centre,
    private readonly outcomes: Outcomes,
    private readonly plans: CheckPlans,
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The handler of `verify`; its subject is a case. */
  async perform(claim: Claim): Promise<void> {
    const found = await this.cases.open(claim);
    if (!found) return;
    try {
      const answers = await this.askCentre(claim, found);
      const nextCheck = await this.plans.current();
      let proved: HandOver[] = [];
      await this.cases.settle(found.ticket, async (ticket, transaction) => {
        proved = await this.judge(
          transaction,
          claim,
          { ticket, handOver: found.handOver, nextCheck },
          answers,
        );
      });
      countPredictions(proved);
    } catch (error) {
      await this.cases.waitForCentre(claim, found.ticket, error);
    }
  }

  private askCentre(claim: Claim, { ticket, handOver, values }: ResyncCase): Promise<Answers> {
    const trackingId = handOver?.trackingId;
    return this.centre.ask(
      async (client) => {
        await this.work.confirm(claim);
        const progress = trackingId ? await client.track(trackingId) : null;
        // Suspended meanwhile: the person's data go to the centre no more.
        await this.work.confirm(claim);
        return { progress, reading: await client.verify(values) };
      },
      ticket.urgent ? 'usual' : 'spare',
    );
  }

  /** @returns the pushes that this reading proved */
  private async judge(
    transaction: Transaction,
    claim: Claim,
    { ticket, handOver, nextCheck }: Omit<Waiting, 'handOver'> & { handOver: HandOver | null },
    { progress, reading }: Answers,
  ): Promise<HandOver[]> {
    // Cancelled, corrected or pushed again while the centre was read: what it said is of no use.
    await this.work.hold(transaction, claim);
    if (reading.kind === 'refusal') {
      await this.outcomes.review(transaction, claim, ticket, reading.reason, reading.code);
      return [];
    }
    const proof = await this.cases.keep(transaction, ticket, reading, 'check');
    const settledAt =
      handOver && (await this.settledAt(transaction, ticket, handOver, progress?.state ?? 'queued'));
    if (proof.matched) {
      await this.outcomes.resolve(transaction, claim, ticket, 'synchronised', proof);
      return provedPushes(transaction, ticket);
    }
    if (!handOver) await this.pushAgain(transaction, claim, ticket);
    else await this.goOn(transaction, claim, { ticket, handOver, nextCheck }, { settledAt, progress });
    return [];
  }

  /** After a mismatch: push again what was not taken, or wait for what may only be lag. */
  private async goOn(
    transaction: Transaction,
    claim: Claim,
    waiting: Waiting,
    { settledAt, progress }: Pick<Answers, 'progress'> & { settledAt: Date | null },
  ): Promise<void> {
    if (progress?.state === 'refused')
      return this.notTaken(transaction, claim, waiting, progress.reason ?? 'refused');
    if (settledAt && settledAt <= transaction.now) {
      return this.notTaken(transaction, claim, waiting, 'still_mismatching');
    }
    return this.checkLater(transaction, claim, waiting, settledAt);
  }

  /** When a mismatch stops being lag: only once the centre calls the push applied. Silence is lag. */
  private async settledAt(
    transaction: Transaction,
    ticket: Ticket,
    handOver: HandOver,
    state: PushState,
  ): Promise<Date | null> {
    if (state !== 'applied') return null;
    if (!handOver.appliedAt) {
      handOver.appliedAt = transaction.now;
      applyDelivery(ticket, 'apply');
      await transaction.execute(`update hand_over set state = 'applied', applied_at = ? where id = ?`, [
        transaction.now,
        toBinary(handOver.id),
      ]);
    }
    return new Date(handOver.appliedAt.getTime() + this.config.durations.settle);
  }

  private async notTaken(
    transaction: Transaction,
    claim: Claim,
    waiting: Waiting,
    reason: string,
  ): Promise<void> {
    const { ticket, handOver } = waiting;
    if (handOver.state !== 'refused' && handOver.state !== 'not_taken') {
      applyDelivery(ticket, reason === 'still_mismatching' ? 'not_take' : 'refuse');
      await transaction.execute('update hand_over set state = ?, reason = ? where id = ?', [
        ticket.delivery,
        reason,
        toBinary(handOver.id),
      ]);
    }
    if (ticket.pushes < mostPushes) return this.pushAgain(transaction, claim, ticket, reason);
    const usedUp = ticket.state === 'in_review';
    applyMove(ticket, 'review');
    ticket.reason = 'pushes_used_up';
    // Read on all the same: the centre may still catch up, and then the case is proved.
    await this.postpone(transaction, claim, waiting, null);
    await saveTicket(
      transaction,
      ticket,
      usedUp ? [] : [{ kind: 'in_review', data: { reason: 'pushes_used_up', pushes: ticket.pushes } }],
    );
  }

  private async pushAgain(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    reason = 'no_push',
  ): Promise<void> {
    await this.work.finish(transaction, claim);
    applyDelivery(ticket, 'push_again');
    await this.work.schedule(transaction, centreWork('hand-over', ticket, transaction.now));
    await saveTicket(transaction, ticket, [{ kind: 'not_taken', data: { reason, pushes: ticket.pushes } }]);
  }

  private async checkLater(
    transaction: Transaction,
    claim: Claim,
    waiting: Waiting,
    settledAt: Date | null,
  ): Promise<void> {
    const { ticket } = waiting;
    await this.postpone(transaction, claim, waiting, settledAt);
    if (ticket.state === 'open') ticket.reason = null;
    await saveTicket(transaction, ticket, []);
  }

  private async postpone(
    transaction: Transaction,
    claim: Claim,
    { ticket, handOver, nextCheck }: Waiting,
    settledAt: Date | null,
  ): Promise<void> {
    const { now } = transaction;
    const planned = nextCheck(ticket, handOver.acceptedAt ?? now, now);
    const dueAt = settledAt && settledAt < planned ? settledAt : planned;
    await this.work.postpone(transaction, claim, { dueAt, reason: null });
  }
}
