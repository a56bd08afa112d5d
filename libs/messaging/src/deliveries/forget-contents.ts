import type { DeliveryKind } from './delivery';
import type { Transactions } from '@sinkron/database';

/** Rows at a time. */
const pieceSize = 500;

/**
 * Deletes what is kept of messages once no channel can need it any more (`Delivery.forgetAt`), the oldest first; rows
 * that another worker has in hand are left to it.
 * @returns whether there may be more
 */
export function forgetOldContents(transactions: Transactions): Promise<boolean> {
  return transactions.run(async (transaction) => {
    const due = await transaction.query<{ id: Buffer; kind: DeliveryKind }>(
      `select id, kind from delivery where forget_at <= utc_timestamp(3)
       order by forget_at limit ? for update skip locked`,
      [pieceSize],
    );
    const [events, messages] = [true, false].map((isEvent) =>
      due.filter(({ kind }) => (kind === 'event') === isEvent).map(({ id }) => id),
    ) as [Buffer[], Buffer[]];
    if (events.length > 0) await transaction.execute('delete from delivery where id in (?)', [events]);
    if (messages.length > 0) {
      await transaction.execute('update delivery set sealed = null, forget_at = null where id in (?)', [
        messages,
      ]);
    }
    return due.length === pieceSize;
  });
}
