import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@sinkron/config';
import { type Transaction, Transactions, selectRows, toBinary } from '@sinkron/database';
import { messagesSent } from '@sinkron/observability';
import { type Claim, WorkTable } from '@sinkron/queue';
import type { Attempt } from '../drivers/driver';
import { Delivery } from './delivery';
import { DeliveryEnds, save } from './delivery-ends';

/** How deliveries of one kind leave. */
export interface Sender<Message> {
  /** Words the message in the transaction in which the attempt begins, or says why there is nothing to be sent. */
  prepare(transaction: Transaction, delivery: Delivery): Promise<Message | { refused: string }>;
  /** Never throws and ends within `deliveryTimeout`. */
  send(delivery: Delivery, message: Message): Promise<Attempt>;
}

/** One attempt at a delivery: claim, commit, send, and write what became of it under the same number. */
@Injectable()
export class DeliveryAttempts {
  constructor(
    private readonly transactions: Transactions,
    private readonly work: WorkTable,
    private readonly ends: DeliveryEnds,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws StaleLease when a delivery report or a person was faster */
  async make<Message extends object>(claim: Claim, sender: Sender<Message>): Promise<void> {
    const begun = await this.begin(claim, sender);
    if (!begun) return;
    // What is called back from here on may still arrive.
    await this.work.confirm(claim);
    const attempt = await sender.send(begun.delivery, begun.message);
    messagesSent.inc({ channel: begun.delivery.channel, end: attempt.end });
    await this.transactions.run(async (transaction) => {
      const delivery = await lock(transaction, claim);
      if (delivery) await this.ends.write(transaction, claim, delivery, attempt);
    });
  }

  /** Says that an attempt begins, so that whoever comes after a crash knows that it may have arrived. */
  private begin<Message extends object>(
    claim: Claim,
    sender: Sender<Message>,
  ): Promise<{ delivery: Delivery; message: Message } | null> {
    return this.transactions.run(async (transaction) => {
      const delivery = await lock(transaction, claim);
      if (!delivery || !['waiting', 'sending'].includes(delivery.state)) {
        await this.work.finish(transaction, claim);
        return null;
      }
      if (await this.awaitsReport(transaction, claim, delivery)) return null;
      const message = await sender.prepare(transaction, delivery);
      if ('refused' in message) {
        await this.ends.write(transaction, claim, delivery, { end: 'refused', reason: message.refused });
        return null;
      }
      await this.work.hold(transaction, claim);
      Object.assign(delivery, {
        state: 'sending',
        startedAt: transaction.now,
        attempts: delivery.attempts + 1,
      });
      await save(transaction, delivery);
      return { delivery, message };
    });
  }

  /**
   * The last sender died after it began, or its answer was lost. WhatsApp reports every message that it took, with our
   * own id: nobody is written to twice before it had the time to.
   */
  private async awaitsReport(transaction: Transaction, claim: Claim, delivery: Delivery): Promise<boolean> {
    const { state, channel, startedAt } = delivery;
    if (state !== 'sending' || channel !== 'whatsapp' || !startedAt) return false;
    const dueAt = new Date(startedAt.getTime() + this.config.durations.providerReport);
    if (dueAt <= transaction.now) return false;
    await this.work.postpone(transaction, claim, { dueAt, reason: 'awaiting_receipt' });
    return true;
  }
}

async function lock(transaction: Transaction, { subjectId }: Claim): Promise<Delivery | null> {
  const [delivery] = await selectRows(transaction, Delivery, 'where id = ? for update', [
    toBinary(subjectId),
  ]);
  return delivery ?? null;
}
