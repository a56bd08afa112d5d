import { Injectable } from '@nestjs/common';
import { Commands } from '../commands/commands';
import type { CloudBatch } from './cloud-webhook';
import { Transactions } from '@sinkron/database';
import { DeliveryReports, faultOf, WhatsAppWindows, windowOver } from '@sinkron/messaging';

/** Applies what WhatsApp sends: at least once and in no order, so that applying a batch twice changes nothing more. */
@Injectable()
export class CloudBatches {
  constructor(
    private readonly transactions: Transactions,
    private readonly windows: WhatsAppWindows,
    private readonly reports: DeliveryReports,
    private readonly commands: Commands,
  ) {}

  async apply(batch: CloudBatch): Promise<void> {
    await this.moveWindows(batch);
    for (const { errorCode, ...report } of batch.statuses) {
      const reason = errorCode === null ? null : faultOf(errorCode).reason;
      await this.reports.take({ ...report, reason });
    }
    for (const message of batch.messages) await this.commands.perform(message);
  }

  /** Whoever writes to us opens a window; one that WhatsApp reports as over was shorter than we knew. */
  private async moveWindows({ messages, statuses }: CloudBatch): Promise<void> {
    const over = statuses.flatMap(({ errorCode, to }) => (errorCode === windowOver && to ? [to] : []));
    const opened = messages.flatMap(({ from, at }) => (from ? [{ from, at }] : []));
    if (over.length === 0 && opened.length === 0) return;
    await this.transactions.run(async (transaction) => {
      for (const phone of over) await this.windows.closed(transaction, phone);
      for (const { from, at } of opened) await this.windows.opened(transaction, from, at);
    });
  }
}
