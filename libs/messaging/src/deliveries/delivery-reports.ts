import { Injectable } from '@nestjs/common';
import { Delivery } from './delivery';
import { DeliveryEnds, save } from './delivery-ends';
import { type Id, isId, selectRows, toBinary, type Transaction, Transactions } from '@sinkron/database';
import { WorkTable } from '@sinkron/queue';

/** What a provider tells of a message that it has taken. */
export interface DeliveryReport {
  providerId: string;
  /** Our own id, where the provider gives it back. */
  deliveryId: Id | null;
  status: 'sent' | 'delivered' | 'read' | 'failed';
  at: Date;
  /** Of a failure, as a code. */
  reason: string | null;
}

const order = ['waiting', 'sending', 'sent', 'delivered', 'read'];

/** Receipts of providers: they come late, twice and in any order, and move a delivery forward only. */
@Injectable()
export class DeliveryReports {
  constructor(
    private readonly transactions: Transactions,
    private readonly work: WorkTable,
    private readonly ends: DeliveryEnds,
  ) {}

  async take(receipt: DeliveryReport): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const delivery = await this.find(transaction, receipt);
      // One that failed, or that a person saw to, has gone its way.
      if (!delivery || !order.includes(delivery.state)) return;
      delivery.providerId ??= receipt.providerId;
      if (receipt.status === 'failed') return this.failed(transaction, delivery, receipt.reason ?? 'failed');
      if (order.indexOf(receipt.status) <= order.indexOf(delivery.state)) return;
      // Whoever was sending it, or was about to send it again, finds the number stale.
      await this.work.drop(transaction, ['delivery'], delivery.id);
      const at = earlier(receipt.at, transaction.now);
      delivery.sentAt ??= at;
      delivery.endedAt ??= at;
      if (receipt.status !== 'sent')
        Object.assign(delivery, { deliveredAt: delivery.deliveredAt ?? at, sealed: null });
      if (receipt.status === 'read') delivery.readAt = at;
      Object.assign(delivery, { state: receipt.status, reason: null });
      await save(transaction, delivery);
    });
  }

  /** It was taken and then could not be delivered: the next channel, as if it had been refused at once. */
  private async failed(transaction: Transaction, delivery: Delivery, reason: string): Promise<void> {
    if (['delivered', 'read'].includes(delivery.state)) return;
    await this.work.drop(transaction, ['delivery'], delivery.id);
    await this.ends.giveUp(transaction, delivery, reason);
  }

  private async find(
    transaction: Transaction,
    { deliveryId, providerId }: DeliveryReport,
  ): Promise<Delivery | null> {
    const [delivery] =
      deliveryId && isId(deliveryId)
        ? await selectRows(transaction, Delivery, 'where id = ? for update', [toBinary(deliveryId)])
        : await selectRows(transaction, Delivery, 'where provider_id = ? for update', [providerId]);
    return delivery ?? null;
  }
}

/** A provider's clock tells nothing that is still to come. */
function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
