import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { type Transaction, Transactions, selectRows, toBinary } from '@sinkron/database';
import { messagesSent } from '@sinkron/observability';
import { CONFIG, type Claim, WorkTable } from '@sinkron/queue';
import type { Attempt, OutboundMessage } from '../drivers/driver';
import { Drivers } from '../drivers/drivers';
import { WebhookDriver } from '../webhooks/webhook-driver';
import { Delivery } from './delivery';
import { DeliveryEnds, save } from './delivery-ends';
import { DeliveryWords } from './delivery-words';

/** What an attempt needs; without a message it is a webhook, whose driver reads the event itself. */
interface Begun {
  delivery: Delivery;
  message: OutboundMessage | null;
}

/** The handler of `delivery`: claim, commit, send, and write what became of it under the same number. */
@Injectable()
export class DeliverySender {
  constructor(
    private readonly transactions: Transactions,
    private readonly work: WorkTable,
    private readonly words: DeliveryWords,
    private readonly ends: DeliveryEnds,
    private readonly drivers: Drivers,
    private readonly webhooks: WebhookDriver,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws StaleLease when a receipt or a person was faster */
  async perform(claim: Claim): Promise<void> {
    const begun = await this.begin(claim);
    if (!begun) return;
    // What is called back from here on may still arrive.
    await this.work.confirm(claim);
    const attempt = await this.send(begun);
    messagesSent.inc({ channel: begun.delivery.channel, end: attempt.end });
    await this.transactions.run(async (transaction) => {
      const delivery = await lock(transaction, claim);
      if (delivery) await this.ends.write(transaction, claim, delivery, attempt);
    });
  }

  /** Says that an attempt begins, so that whoever comes after a crash knows that it may have arrived. */
  private begin(claim: Claim): Promise<Begun | null> {
    return this.transactions.run(async (transaction) => {
      const delivery = await lock(transaction, claim);
      if (!delivery || !['waiting', 'sending'].includes(delivery.state)) {
        await this.work.finish(transaction, claim);
        return null;
      }
      if (await this.awaitsReceipt(transaction, claim, delivery)) return null;
      const message = delivery.kind === 'event' ? null : await this.words.of(transaction, delivery);
      if (message && 'refused' in message) {
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
   * The last sender died after it began, or its answer was lost. WhatsApp tells of every message that it took, with our own id: nobody is
   * written to twice before it had the time to.
   */
  private async awaitsReceipt(transaction: Transaction, claim: Claim, delivery: Delivery): Promise<boolean> {
    const { state, channel, startedAt } = delivery;
    if (state !== 'sending' || channel !== 'whatsapp' || !startedAt) return false;
    const dueAt = new Date(startedAt.getTime() + this.config.durations.providerReceipt);
    if (dueAt <= transaction.now) return false;
    await this.work.postpone(transaction, claim, { dueAt, reason: 'awaiting_receipt' });
    return true;
  }

  private async send({ delivery, message }: Begun): Promise<Attempt> {
    if (!message || delivery.channel === 'webhook') return this.webhooks.send(delivery);
    const driver = this.drivers.of(delivery.channel);
    return driver ? driver.send(message) : { end: 'refused', reason: 'channel_off' };
  }
}

async function lock(transaction: Transaction, { subjectId }: Claim): Promise<Delivery | null> {
  const [delivery] = await selectRows(transaction, Delivery, 'where id = ? for update', [
    toBinary(subjectId),
  ]);
  return delivery ?? null;
}
