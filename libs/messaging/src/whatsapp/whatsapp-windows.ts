import { Injectable } from '@nestjs/common';
import { windowIndex } from './whatsapp-window';
import { BlindIndex, type Transaction, Transactions } from '@sinkron/database';

const piece = 1_000;

/** To whom free text may go: whoever wrote to us within 24 hours. WhatsApp's own hours, so they are never scaled. */
@Injectable()
export class WhatsAppWindows {
  constructor(
    private readonly transactions: Transactions,
    private readonly index: BlindIndex,
  ) {}

  /** This number wrote to us then; a message that comes late or twice never shortens the window. @param phone E.164 */
  async opened(transaction: Transaction, phone: string, at: Date): Promise<void> {
    // A window that began in the future would be open too long.
    const from = at < transaction.now ? at : transaction.now;
    await transaction.execute(
      `insert into whatsapp_window (phone_hash, last_message_at) values (?, ?)
       on duplicate key update last_message_at = greatest(last_message_at, ?)`,
      [this.index.digest(windowIndex, phone), from, from],
    );
  }

  /** WhatsApp says that it is over, whatever we thought. @param phone E.164 */
  async closed(transaction: Transaction, phone: string): Promise<void> {
    await transaction.execute('delete from whatsapp_window where phone_hash in (?)', [
      this.index.digests(windowIndex, phone),
    ]);
  }

  /** Whether free text may go there; a minute early it may not, so that it does not arrive too late. */
  async isOpen(phone: string): Promise<boolean> {
    const open = await this.transactions.query(
      `select 1 from whatsapp_window
       where phone_hash in (?) and last_message_at > utc_timestamp(3) - interval 1439 minute limit 1`,
      [this.index.digests(windowIndex, phone)],
    );
    return open.length > 0;
  }

  /**
   * Forgets who wrote to us once it does not matter any more; in pieces, so that nobody waits for it.
   * @returns whether there may be more
   */
  async forgetOver(): Promise<boolean> {
    const gone = await this.transactions.execute(
      'delete from whatsapp_window where last_message_at < utc_timestamp(3) - interval 2 day limit ?',
      [piece],
    );
    return gone === piece;
  }
}
