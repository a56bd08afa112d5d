import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@sinkron/config';
import { type Transaction, Transactions } from '@sinkron/database';
import { messagesSent } from '@sinkron/observability';
import { type Claim, WorkTable } from '@sinkron/queue';
import { reportsDelivery } from '../channels';
import type { Attempt } from '../drivers/driver';
import type { Delivery } from './delivery';
import { DeliveryOutcomes } from './delivery-outcomes';
import { lockDelivery, saveDelivery } from './delivery-rows';

/** How deliveries of one kind leave. */
export interface Sender<Message> {
  /**
   * Composes the message in the transaction in which the attempt begins, or says why there is nothing to send, or in how
   * many milliseconds to try to begin again. It may be called more than once for one attempt.
   */
  prepare(
    transaction: Transaction,
    delivery: Delivery,
  ): Promise<Message | { refused: string } | { postponed: number }>;
  /** Never throws and ends within `deliveryTimeout`. */
  send(delivery: Delivery, message: Message): Promise<Attempt>;
}

/** One attempt at a delivery: claim, commit, send, and write the outcome under the same lease number. */
@Injectable()
export class DeliveryAttempts {
  constructor(
    private readonly transactions: Transactions,
    private readonly work: WorkTable,
    private readonly outcomes: DeliveryOutcomes,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws StaleLease when a delivery report or a person was faster */
  async make<Message extends object>(claim: Claim, sender: Sender<Message>): Promise<void> {
    const begun = await this.begin(claim, sender);
    if (!begun) return;
    // From here on a message that is cancelled may still arrive.
    await this.work.confirm(claim);
    const attempt = await sender.send(begun.delivery, begun.message);
    messagesSent.inc({ channel: begun.delivery.channel, end: attempt.end });
    await this.transactions.run(async (transaction) => {
      const delivery = await lockDelivery(transaction, claim.subjectId);
      if (delivery) await this.outcomes.record(transaction, claim, delivery, attempt);
    });
  }

  /** Records that an attempt begins, so that after a crash it is known that the message may have arrived. */
  private begin<Message extends object>(
    claim: Claim,
    sender: Sender<Message>,
  ): Promise<{ delivery: Delivery; message: Message } | null> {
    return this.transactions.run(async (transaction) => {
      const delivery = await lockDelivery(transaction, claim.subjectId);
      if (!delivery?.isOpen) {
        await this.work.finish(transaction, claim);
        return null;
      }
      if (await this.awaitsReport(transaction, claim, delivery)) return null;
      const message = await sender.prepare(transaction, delivery);
      if ('refused' in message) {
        const attempt: Attempt = { end: 'refused', reason: message.refused };
        await this.outcomes.record(transaction, claim, delivery, attempt);
        return null;
      }
      if ('postponed' in message) {
        const dueAt = new Date(transaction.now.getTime() + message.postponed);
        await this.work.postpone(transaction, claim, { dueAt, reason: null });
        return null;
      }
      await this.work.hold(transaction, claim);
      delivery.begin(transaction.now);
      await saveDelivery(transaction, delivery);
      return { delivery, message };
    });
  }

  /**
   * The last sender died after it began, or its answer was lost. Where the provider reports every message that it
   * took, its report is given time to come before a second attempt.
   */
  private async awaitsReport(transaction: Transaction, claim: Claim, delivery: Delivery): Promise<boolean> {
    const { state, channel, startedAt } = delivery;
    if (state !== 'sending' || !reportsDelivery(channel) || !startedAt) return false;
    const dueAt = new Date(startedAt.getTime() + this.config.durations.providerReport);
    if (dueAt <= transaction.now) return false;
    await this.work.postpone(transaction, claim, { dueAt, reason: 'awaiting_delivery_report' });
    return true;
  }
}
