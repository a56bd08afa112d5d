import { Inject, Injectable } from '@nestjs/common';
import type { Attempt } from '../drivers/driver';
import { Delivery } from './delivery';
import { deliveryPlace, newDelivery } from './new-delivery';
import { onceKey } from './once-key';
import { Outbox } from './outbox';
import { type Config, CONFIG } from '@sinkron/config';
import { insertRows, newId, Sealing, toBinary, type Transaction, updateRow } from '@sinkron/database';
import { recordEvents } from '@sinkron/events';
import { backOff, type Claim, WorkTable } from '@sinkron/queue';

/** While there is another channel, an officer who is asked is not kept waiting for one that fails. */
const stepAttempts = 3;
/** With the waits between them about half an hour. */
const mostAttempts = 8;

/** Reasons for which a message need not arrive any more, by any way. */
const notNeeded: readonly string[] = ['overtaken', 'consent_withdrawn'];

/** What becomes of a delivery after an attempt, written under the lease of the job that made it. */
@Injectable()
export class DeliveryEnds {
  constructor(
    private readonly work: WorkTable,
    private readonly outbox: Outbox,
    private readonly sealing: Sealing,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws StaleLease when another holds the work, or a receipt was faster */
  async write(transaction: Transaction, claim: Claim, delivery: Delivery, attempt: Attempt): Promise<void> {
    if (attempt.end === 'later' && !this.givesUp(delivery, attempt.reason, transaction.now))
      return this.postpone(transaction, claim, delivery, attempt);
    await this.work.finish(transaction, claim);
    if (attempt.end === 'sent') {
      Object.assign(delivery, { state: 'sent', reason: null, providerId: attempt.providerId });
      Object.assign(delivery, { sentAt: transaction.now, endedAt: transaction.now });
      // WhatsApp may still say that it could not be delivered, and then the words are needed once more.
      if (delivery.channel !== 'whatsapp') delivery.sealed = null;
      return save(transaction, delivery);
    }
    await this.giveUp(transaction, delivery, attempt.reason);
  }

  /** This channel does not do: the next one takes over, and where there is none a person must see to it. */
  async giveUp(transaction: Transaction, delivery: Delivery, reason: string): Promise<void> {
    const channel = delivery.fallbacks.find((next) => this.outbox.isConfigured(next));
    const overtaken = notNeeded.includes(reason);
    const state = overtaken ? 'dismissed' : channel ? 'failed' : 'dead';
    Object.assign(delivery, { state, reason, endedAt: transaction.now });
    if (channel && !overtaken) await this.passOn(transaction, delivery, channel);
    if (state === 'dead') await this.tell(transaction, delivery, reason);
    await save(transaction, delivery);
  }

  private async passOn(
    transaction: Transaction,
    delivery: Delivery,
    channel: (typeof delivery.fallbacks)[number],
  ): Promise<void> {
    const { kind, officeId, officerId, ticketId, template, fallbacks } = delivery;
    const id = newId();
    const next = newDelivery(transaction.now, {
      id,
      onceKey: onceKey('next', delivery.id),
      kind,
      channel,
      fallbacks: fallbacks.slice(fallbacks.indexOf(channel) + 1),
      officeId,
      officerId,
      ticketId,
      template,
      sealed:
        delivery.sealed &&
        this.sealing.seal(this.sealing.open(delivery.sealed, deliveryPlace(delivery.id)), deliveryPlace(id)),
    });
    await insertRows(transaction, Delivery, [next]);
    await this.outbox.schedule(transaction, next);
    await transaction.execute('update delivery_item set delivery_id = ? where delivery_id = ?', [
      toBinary(id),
      toBinary(delivery.id),
    ]);
    Object.assign(delivery, { nextId: id, sealed: null });
  }

  /** Not of a webhook: what cannot reach an endpoint would be told to it again. */
  private async tell(transaction: Transaction, delivery: Delivery, reason: string): Promise<void> {
    const { id, kind, channel, officeId } = delivery;
    if (kind === 'event') return;
    const data = { delivery: id, kind, channel, reason };
    await recordEvents(transaction, { type: 'delivery.dead', subject: id, officeId, data });
  }

  private async postpone(
    transaction: Transaction,
    claim: Claim,
    delivery: Delivery,
    { reason, wait }: Extract<Attempt, { end: 'later' }>,
  ): Promise<void> {
    // Our own limits are no failure of the message.
    if (reason === 'rate_limited') delivery.attempts -= 1;
    const { backOff: bounds, providerReport: providerReceipt } = this.config.durations;
    const rest = wait ?? backOff(bounds, Math.max(1, delivery.attempts));
    // It may have arrived all the same: WhatsApp is given the time to say so before it is sent again.
    const isOpen = reason === 'no_answer' && delivery.channel === 'whatsapp';
    const dueAt = new Date(transaction.now.getTime() + (isOpen ? Math.max(rest, providerReceipt) : rest));
    Object.assign(delivery, { state: isOpen ? 'sending' : 'waiting', reason, dueAt });
    await this.work.postpone(transaction, claim, { dueAt, reason, attempts: delivery.attempts });
    await save(transaction, delivery);
  }

  private givesUp({ kind, attempts, fallbacks, createdAt }: Delivery, reason: string, now: Date): boolean {
    const age = now.getTime() - createdAt.getTime();
    if (kind === 'event') return age > this.config.durations.webhookPatience;
    // What only the operators can mend is not waited for while there is another way.
    if (reason === 'configuration' && fallbacks.length > 0) return true;
    return attempts >= (kind === 'step' && fallbacks.length > 0 ? stepAttempts : mostAttempts);
  }
}

/** Writes a delivery back. */
export async function save(transaction: Transaction, delivery: Delivery): Promise<void> {
  await updateRow(transaction, Delivery, delivery, 'id = ?', [toBinary(delivery.id)]);
}
