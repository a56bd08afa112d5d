import { Injectable } from '@nestjs/common';
import { deleteConsents } from '../recipients/consent';
import { ofRecipient, type Recipient, recipientParameters } from '../recipients/recipient';
import type { NoticeTemplate } from '../templates/catalogue';
import type { PersonChannel } from '../channels';
import { Delivery } from './delivery';
import { type Id, selectRows, toBinary, type Transaction } from '@sinkron/database';
import { WorkTable } from '@sinkron/queue';

/** Notices that have not left yet, when what they say is not true any more, or is not wanted. */
@Injectable()
export class WaitingNotices {
  constructor(private readonly work: WorkTable) {}

  /** What these say is not true any more, or not needed. */
  async cancel(
    transaction: Transaction,
    recipient: Recipient,
    templates: readonly NoticeTemplate[],
  ): Promise<void> {
    for (const { id, template } of await this.of(transaction, recipient)) {
      if (template && (templates as readonly string[]).includes(template))
        await this.dismiss(transaction, id, 'overtaken');
    }
    await this.deleteContents(transaction, recipient, templates);
  }

  /** The recipient consents to no other channels: what waits goes by one of these, or not at all. */
  async restrictTo(
    transaction: Transaction,
    recipient: Recipient,
    channels: readonly PersonChannel[],
  ): Promise<void> {
    for (const { id, channel, fallbacks } of await this.of(transaction, recipient)) {
      const left = [channel as PersonChannel, ...fallbacks].filter((way) => channels.includes(way));
      const [first, ...others] = left;
      if (!first) await this.dismiss(transaction, id, 'consent_withdrawn');
      else {
        await transaction.execute(
          `update delivery set channel = ?, fallbacks = ? where id = ? and state = 'waiting'`,
          [first, JSON.stringify(others), toBinary(id)],
        );
      }
    }
  }

  /** The personal data of the recipient are destroyed: nothing is left to be sent, nor an address. */
  async wipe(transaction: Transaction, recipient: Recipient): Promise<void> {
    for (const { id } of await this.of(transaction, recipient))
      await this.dismiss(transaction, id, 'overtaken');
    await transaction.execute(
      `update delivery set sealed = null, forget_at = null where ${ofRecipient}`,
      recipientParameters(recipient),
    );
    await deleteConsents(transaction, recipient);
  }

  /** What left already may still be refused: without its content no other channel takes it over. */
  private async deleteContents(
    transaction: Transaction,
    recipient: Recipient,
    templates: readonly NoticeTemplate[],
  ): Promise<void> {
    await transaction.execute(
      `update delivery set sealed = null, forget_at = null
       where ${ofRecipient} and template in (?) and state in ('sending', 'sent', 'dead')`,
      [...recipientParameters(recipient), templates],
    );
  }

  // Read without a lock: where there is none, a lock would hold the gap into which others insert theirs.
  private of(transaction: Transaction, recipient: Recipient): Promise<Delivery[]> {
    return selectRows(
      transaction,
      Delivery,
      `where ${ofRecipient} and kind = 'notice' and state = 'waiting' order by id`,
      recipientParameters(recipient),
    );
  }

  private async dismiss(transaction: Transaction, id: Id, reason: string): Promise<void> {
    const dismissed = await transaction.execute(
      `update delivery set state = 'dismissed', reason = ?, ended_at = ?, sealed = null where id = ? and state = 'waiting'`,
      [reason, transaction.now, toBinary(id)],
    );
    if (dismissed > 0) await this.work.drop(transaction, ['delivery'], id);
  }
}
