import { Inject, Injectable } from '@nestjs/common';
import type { Attempt } from '../drivers/driver';
import type { PersonChannel } from '../channels';
import { Delivery } from './delivery';
import { NoticeContents } from './notice-contents';
import { onceKey } from './once-key';
import { Outbox } from './outbox';
import { saveDelivery } from './delivery-rows';
import { type Config, CONFIG } from '@sinkron/config';
import { toBinary, type Transaction } from '@sinkron/database';
import { recordEvents } from '@sinkron/events';
import { backOff, type Claim, WorkTable } from '@sinkron/queue';

/** While there is another channel, the question to an officer is not held up by one that fails. */
const stepAttempts = 3;
/** With the waits between them about half an hour. */
const mostAttempts = 8;

/** Reasons for which a message need not arrive any more, by any channel. */
const notNeeded: readonly string[] = ['overtaken', 'consent_withdrawn'];

/** Writes what follows from an attempt at a delivery, under the lease of the job that made it. */
@Injectable()
export class DeliveryOutcomes {
  constructor(
    private readonly work: WorkTable,
    private readonly outbox: Outbox,
    private readonly contents: NoticeContents,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws StaleLease when another holds the work, or a delivery report was faster */
  async record(transaction: Transaction, claim: Claim, delivery: Delivery, attempt: Attempt): Promise<void> {
    if (attempt.end === 'later' && !this.isExhausted(delivery, attempt.reason, transaction.now))
      return this.postpone(transaction, claim, delivery, attempt);
    await this.work.finish(transaction, claim);
    if (attempt.end !== 'sent') return this.giveUpChannel(transaction, delivery, attempt.reason);
    delivery.sent(transaction.now, attempt.providerId);
    await saveDelivery(transaction, delivery);
  }

  /** This channel failed: the next one takes over, and where there is none a person must see to it. */
  async giveUpChannel(transaction: Transaction, delivery: Delivery, reason: string): Promise<void> {
    const next = delivery.fallbacks.find((channel) => this.outbox.isConfigured(channel));
    if (notNeeded.includes(reason)) delivery.cancel(transaction.now, reason);
    else if (next) {
      delivery.fail(transaction.now, reason, 'failed');
      await this.passOn(transaction, delivery, next);
    } else {
      delivery.fail(transaction.now, reason, 'dead');
      await this.publishDead(transaction, delivery, reason);
    }
    await saveDelivery(transaction, delivery);
  }

  private async passOn(transaction: Transaction, delivery: Delivery, channel: PersonChannel): Promise<void> {
    const { kind, officeId, recipient, template, fallbacks } = delivery;
    const next = Delivery.create(transaction.now, {
      onceKey: onceKey('next', delivery.id),
      kind,
      channel,
      fallbacks: fallbacks.slice(fallbacks.indexOf(channel) + 1),
      officeId,
      recipient,
      template,
    });
    this.contents.copy(delivery, next);
    await this.outbox.add(transaction, [next]);
    await transaction.execute('update delivery_item set delivery_id = ? where delivery_id = ?', [
      toBinary(next.id),
      toBinary(delivery.id),
    ]);
    delivery.passOnTo(next.id);
  }

  /** Not of a webhook: the event would go to the same endpoint that cannot be reached. */
  private async publishDead(transaction: Transaction, delivery: Delivery, reason: string): Promise<void> {
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
    const { backOff: bounds, providerReport } = this.config.durations;
    const rest = wait ?? backOff(bounds, Math.max(1, delivery.attempts));
    // Before it is sent again, WhatsApp is given the time to report that it arrived all the same.
    const mayHaveArrived = reason === 'no_answer' && delivery.channel === 'whatsapp';
    const dueAt = new Date(
      transaction.now.getTime() + (mayHaveArrived ? Math.max(rest, providerReport) : rest),
    );
    delivery.postpone(dueAt, reason, mayHaveArrived);
    await this.work.postpone(transaction, claim, { dueAt, reason, attempts: delivery.attempts });
    await saveDelivery(transaction, delivery);
  }

  private isExhausted(
    { kind, attempts, fallbacks, createdAt }: Delivery,
    reason: string,
    now: Date,
  ): boolean {
    const age = now.getTime() - createdAt.getTime();
    if (kind === 'event') return age > this.config.durations.webhookPatience;
    // A fault that only the operators can fix is not waited for while there is another channel.
    if (reason === 'configuration' && fallbacks.length > 0) return true;
    return attempts >= (kind === 'step' && fallbacks.length > 0 ? stepAttempts : mostAttempts);
  }
}
