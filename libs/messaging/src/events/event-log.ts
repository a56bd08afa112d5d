import { type Transaction, insertRows, newId } from '@sinkron/database';
import { Event } from './event';
import type { Happened } from './event-types';

/** Records what happened, in the transaction in which it did: neither is known without the other. */
export async function recordEvents(transaction: Transaction, ...happened: Happened[]): Promise<void> {
  const rows = happened.map((event): Event => ({
    ...event,
    id: newId(),
    position: null,
    at: transaction.now,
  }));
  await insertRows(transaction, Event, rows);
}
