import type { Transactions } from '@sinkron/database';

/** Rows at a time. */
const pieceSize = 500;

/**
 * The content of messages is deleted when no channel can need it any more: two days after it left, when WhatsApp
 * would long have said that it could not be delivered, and a month after nobody could be reached. What was posted to
 * programs goes after a month.
 */
export async function forgetOldContents(transactions: Transactions): Promise<void> {
  await transactions.execute(
    `update delivery set sealed = null
     where state in ('sent', 'delivered', 'read', 'failed', 'dismissed') and sealed is not null
       and ended_at < utc_timestamp(3) - interval 2 day
     limit ?`,
    [pieceSize],
  );
  await transactions.execute(
    `update delivery set sealed = null
     where state = 'dead' and sealed is not null and ended_at < utc_timestamp(3) - interval 30 day
     limit ?`,
    [pieceSize],
  );
  await transactions.execute(
    `delete from delivery where state in ('sent', 'dead', 'dismissed') and kind = 'event'
       and ended_at < utc_timestamp(3) - interval 30 day
     limit ?`,
    [pieceSize],
  );
}
