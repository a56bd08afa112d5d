import { Injectable } from '@nestjs/common';
import type { NoticeTemplate } from '../templates/catalogue';
import { Delivery, type PersonChannel } from './delivery';
import { type Id, selectRows, toBinary, type Transaction } from '@sinkron/database';
import { WorkTable } from '@sinkron/queue';

/** Notices that have not left yet, when what they tell is not so any more, or is not wanted. */
@Injectable()
export class WaitingNotices {
  constructor(private readonly work: WorkTable) {}

  /** Something else happened to the case before these could be told. */
  async overtake(
    transaction: Transaction,
    ticketId: Id,
    templates: readonly NoticeTemplate[],
  ): Promise<void> {
    for (const { id, template } of await this.of(transaction, ticketId)) {
      if (template && (templates as readonly string[]).includes(template))
        await this.dismiss(transaction, id, 'overtaken');
    }
    await this.silence(transaction, ticketId, templates);
  }

  /** The applicant wants to be told by no other channels: what waits goes by one of these, or not at all. */
  async keepTo(transaction: Transaction, ticketId: Id, channels: readonly PersonChannel[]): Promise<void> {
    for (const { id, channel, fallbacks } of await this.of(transaction, ticketId)) {
      const ways = [channel as PersonChannel, ...fallbacks].filter((way) => channels.includes(way));
      const [first, ...others] = ways;
      if (!first) await this.dismiss(transaction, id, 'consent_withdrawn');
      else {
        await transaction.execute(
          `update delivery set channel = ?, fallbacks = ? where id = ? and state = 'waiting'`,
          [first, JSON.stringify(others), toBinary(id)],
        );
      }
    }
  }

  /** What left already may still be refused: without its words no other channel takes it over. */
  private async silence(
    transaction: Transaction,
    ticketId: Id,
    templates: readonly NoticeTemplate[],
  ): Promise<void> {
    await transaction.execute(
      `update delivery set sealed = null where ticket_id = ? and template in (?) and state in ('sending', 'sent', 'dead')`,
      [toBinary(ticketId), templates],
    );
  }

  /** The personal data of the case are destroyed: nothing is left to be told, nor to whom. */
  async wipe(transaction: Transaction, ticketId: Id): Promise<void> {
    for (const { id } of await this.of(transaction, ticketId))
      await this.dismiss(transaction, id, 'overtaken');
    await transaction.execute('update delivery set sealed = null where ticket_id = ?', [toBinary(ticketId)]);
    await transaction.execute('delete from consent where ticket_id = ?', [toBinary(ticketId)]);
  }

  // Not locked while it is looked for: where there is none, that would lock the gap in which others' are inserted.
  private of(transaction: Transaction, ticketId: Id): Promise<Delivery[]> {
    return selectRows(
      transaction,
      Delivery,
      `where ticket_id = ? and kind = 'notice' and state = 'waiting' order by id`,
      [toBinary(ticketId)],
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
