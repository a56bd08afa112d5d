import { Injectable } from '@nestjs/common';
import { Replies } from './replies';
import { Transactions } from '@sinkron/database';
import { type CloudBatch, faultOf, DeliveryReports, WhatsAppWindows, windowOver } from '@sinkron/messaging';

/** What WhatsApp tells us: at least once, in no order, so that taking it twice is taking it once. */
@Injectable()
export class CloudInbox {
  constructor(
    private readonly transactions: Transactions,
    private readonly windows: WhatsAppWindows,
    private readonly receipts: DeliveryReports,
    private readonly replies: Replies,
  ) {}

  async take(batch: CloudBatch): Promise<void> {
    await this.moveWindows(batch);
    for (const { errorCode, ...receipt } of batch.statuses) {
      const reason = errorCode === null ? null : faultOf(errorCode).reason;
      await this.receipts.take({ ...receipt, reason });
    }
    for (const message of batch.messages) await this.replies.take(message);
  }

  /** Whoever writes to us opens a window; one that WhatsApp says is over was shorter than we knew. */
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
