import { Inject, Injectable } from '@nestjs/common';
import type { Attempt } from '../drivers/driver';
import { type PersonChannel, reportsDelivery } from '../channels';
import { Delivery } from './delivery';
import { isLastAttempt, ownLimit } from './last-attempt';
import { NoticeContents } from './notice-contents';
import { onceKey } from './once-key';
import { Outbox } from './outbox';
import { saveDelivery } from './delivery-rows';
import { type Config, CONFIG } from '@sinkron/config';
import { toBinary, type Transaction } from '@sinkron/database';
import { recordEvents } from '@sinkron/events';
import { backOff, type Claim, WorkTable } from '@sinkron/queue';

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
    const patience = { now: transaction.now, patience: this.config.durations.webhookPatience };
    if (attempt.end === 'later' && !isLastAttempt(delivery, attempt.reason, patience))
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
    if (reason === ownLimit) delivery.attempts -= 1;
    const { backOff: bounds, providerReport } = this.config.durations;
    const rest = wait ?? backOff(bounds, Math.max(1, delivery.attempts));
    // Before it is sent again, the provider is given the time to report that it arrived all the same.
    const mayHaveArrived = reason === 'no_answer' && reportsDelivery(delivery.channel);
    const dueAt = new Date(
      transaction.now.getTime() + (mayHaveArrived ? Math.max(rest, providerReport) : rest),
    );
    delivery.postpone(dueAt, reason, mayHaveArrived);
    await this.work.postpone(transaction, claim, { dueAt, reason, attempts: delivery.attempts });
    await saveDelivery(transaction, delivery);
  }
}
