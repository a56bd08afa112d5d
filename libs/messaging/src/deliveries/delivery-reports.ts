import { Injectable } from '@nestjs/common';
import { Delivery, type ReportedState } from './delivery';
import { DeliveryOutcomes } from './delivery-outcomes';
import { lockDelivery, saveDelivery } from './delivery-rows';
import { type Id, isId, selectRows, type Transaction, Transactions } from '@sinkron/database';
import { WorkTable } from '@sinkron/queue';

/** What a provider reports of a message that it has taken. */
export interface DeliveryReport {
  providerId: string;
  /** Our own id, where the provider gives it back. */
  deliveryId: Id | null;
  status: ReportedState;
  at: Date;
  /** Of a failure, as a code. */
  reason: string | null;
}

/** Applies the delivery reports of providers: they come late, twice and in any order. */
@Injectable()
export class DeliveryReports {
  constructor(
    private readonly transactions: Transactions,
    private readonly work: WorkTable,
    private readonly outcomes: DeliveryOutcomes,
  ) {}

  async take(report: DeliveryReport): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const delivery = await this.find(transaction, report);
      if (!delivery?.takesReports) return;
      delivery.providerId ??= report.providerId;
      if (report.status === 'failed') return this.failed(transaction, delivery, report.reason ?? 'failed');
      if (!delivery.report(report.status, earlier(report.at, transaction.now))) return;
      // Whoever was sending it, or was about to send it again, finds the lease number stale.
      await this.work.drop(transaction, ['delivery'], delivery.id);
      await saveDelivery(transaction, delivery);
    });
  }

  /** It was taken and then could not be delivered: the next channel, as if it had been refused at once. */
  private async failed(transaction: Transaction, delivery: Delivery, reason: string): Promise<void> {
    if (delivery.hasArrived) return;
    await this.work.drop(transaction, ['delivery'], delivery.id);
    await this.outcomes.giveUpChannel(transaction, delivery, reason);
  }

  private async find(
    transaction: Transaction,
    { deliveryId, providerId }: DeliveryReport,
  ): Promise<Delivery | null> {
    if (deliveryId && isId(deliveryId)) return lockDelivery(transaction, deliveryId);
    const [delivery] = await selectRows(transaction, Delivery, 'where provider_id = ? for update', [
      providerId,
    ]);
    return delivery ?? null;
  }
}

/** A provider's clock cannot report what is still to come. */
function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
