import { Inject, Injectable } from '@nestjs/common';
import { Centre } from '../centre/centre';
import { countPredictions } from '../lag/calibration';
import { Outcomes } from '../outcomes';
import type { Push } from '../push/push';
import { latestPush, provedPushes, savePush } from '../push/push-records';
import { pushStateOf, stillMismatching } from '../push/push-state';
import { type ResyncTicket, ResyncTickets } from '../resync-ticket';
import { type ReadingPlan, ReadingPlans } from './reading-plans';
import { type Config, CONFIG } from '@sinkron/config';
import type { Transaction } from '@sinkron/database';
import { type Claim, WorkTable } from '@sinkron/queue';
import type { AskedValues, PushProgress, VerificationAnswer } from '@sinkron/registry';
import { centreMayMend, riskOf, type Ticket, TicketWriter } from '@sinkron/tickets';

/** A ticket is pushed so often at most; then an officer must look. */
const mostPushes = 3;

interface Answers {
  progress: { state: PushProgress; reason: string | null } | null;
  reading: VerificationAnswer;
}

/** A mismatch, and how the ticket is read again. */
interface Waiting {
  ticket: Ticket;
  push: Push;
  planReading: ReadingPlan;
}

/** Reads the centre again until it agrees (R7): "the centre says it is done" is another fact than "it is done". */
@Injectable()
export class Verifications {
  constructor(
    private readonly tickets: ResyncTickets,
    private readonly centre: Centre,
    private readonly outcomes: Outcomes,
    private readonly plans: ReadingPlans,
    private readonly writer: TicketWriter,
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The handler of `verify`; its subject is a ticket. */
  async perform(claim: Claim): Promise<void> {
    const found = await this.tickets.open(claim);
    if (!found) return;
    try {
      const answers = await this.askCentre(claim, found);
      const planReading = await this.plans.current();
      const proved = await this.writer.change(found.ticket.id, (ticket, transaction) =>
        this.judge(transaction, claim, { ticket, planReading }, answers, found.values),
      );
      countPredictions(proved ?? []);
    } catch (error) {
      await this.tickets.waitForCentre(claim, found.ticket, error);
    }
  }

  private askCentre(claim: Claim, { ticket, push, values }: ResyncTicket): Promise<Answers> {
    const trackingId = push?.trackingId;
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
    { ticket, planReading }: Omit<Waiting, 'push'>,
    { progress, reading }: Answers,
    values: AskedValues,
  ): Promise<Push[]> {
    // Cancelled, corrected or pushed again while the centre was read: what it said is of no use.
    await this.work.hold(transaction, claim);
    if (reading.kind === 'refusal') {
      await this.outcomes.review(transaction, claim, ticket, reading.reason, reading.code);
      return [];
    }
    // It refuses this record no longer.
    if (centreMayMend(ticket.reason) && ticket.endReview())
      await this.writer.save(transaction, ticket, [{ kind: 'review_ended', data: { by: 'centre' } }]);
    const proof = await this.tickets.keep(transaction, ticket, { reading, values }, 'check');
    // Should it have to be pushed again: the record there may have become somebody else's meanwhile.
    ticket.weigh(riskOf(proof.verdicts));
    // Read here and not before the transaction: when it is repeated after a conflict, nothing of the first attempt is left.
    const push = await latestPush(transaction, ticket);
    const settledAt = push && (await this.settledAt(transaction, ticket, push, progress?.state ?? 'queued'));
    if (proof.matched) {
      await this.outcomes.resolve(transaction, claim, ticket, 'synchronised', proof);
      return provedPushes(transaction, ticket);
    }
    if (!push) await this.pushAgain(transaction, claim, ticket);
    else await this.goOn(transaction, claim, { ticket, push, planReading }, { settledAt, progress });
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
      return this.notTaken(transaction, claim, waiting, stillMismatching);
    }
    return this.readLater(transaction, claim, waiting, settledAt);
  }

  /** When a mismatch stops being lag: only once the centre calls the push applied. Silence is lag. */
  private async settledAt(
    transaction: Transaction,
    ticket: Ticket,
    push: Push,
    state: PushProgress,
  ): Promise<Date | null> {
    if (state !== 'applied') return null;
    if (!push.appliedAt) {
      ticket.recordPush('apply');
      push.apply(transaction.now);
      await savePush(transaction, push);
    }
    return new Date((push.appliedAt ?? transaction.now).getTime() + this.config.durations.settle);
  }

  private async notTaken(
    transaction: Transaction,
    claim: Claim,
    waiting: Waiting,
    reason: string,
  ): Promise<void> {
    const { ticket, push } = waiting;
    const state = pushStateOf(push);
    if (state !== 'refused' && state !== 'not_taken') {
      ticket.recordPush(reason === stillMismatching ? 'not_take' : 'refuse');
      push.fail(reason);
      await savePush(transaction, push);
    }
    if (ticket.pushes < mostPushes) return this.pushAgain(transaction, claim, ticket, reason);
    return this.reviewButReadOn(transaction, claim, waiting);
  }

  /** An officer must look; the centre may still catch up, and then the ticket is proved all the same. */
  private async reviewButReadOn(transaction: Transaction, claim: Claim, waiting: Waiting): Promise<void> {
    const { ticket } = waiting;
    const inReview = ticket.state === 'in_review';
    ticket.review('pushes_used_up');
    await this.postpone(transaction, claim, waiting, null);
    await this.writer.save(
      transaction,
      ticket,
      inReview ? [] : [{ kind: 'in_review', data: { reason: 'pushes_used_up', pushes: ticket.pushes } }],
    );
  }

  private async pushAgain(
    transaction: Transaction,
    claim: Claim,
    ticket: Ticket,
    reason = 'no_push',
  ): Promise<void> {
    await this.work.finish(transaction, claim);
    await this.writer.pushAgain(transaction, ticket, transaction.now);
    await this.writer.save(transaction, ticket, [
      { kind: 'not_taken', data: { reason, pushes: ticket.pushes } },
    ]);
  }

  private async readLater(
    transaction: Transaction,
    claim: Claim,
    waiting: Waiting,
    settledAt: Date | null,
  ): Promise<void> {
    const { ticket } = waiting;
    await this.postpone(transaction, claim, waiting, settledAt);
    ticket.endWaitForCentre();
    await this.writer.save(transaction, ticket, []);
  }

  private async postpone(
    transaction: Transaction,
    claim: Claim,
    { ticket, push, planReading }: Waiting,
    settledAt: Date | null,
  ): Promise<void> {
    const { now } = transaction;
    const planned = planReading(ticket, push.acceptedAt ?? now, now);
    const dueAt = settledAt && settledAt < planned ? settledAt : planned;
    await this.work.postpone(transaction, claim, { dueAt, reason: null });
  }
}
