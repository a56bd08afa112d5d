import { Event } from './event';
import type { Happened } from './event-types';
import { insertRows, newId, type Transaction } from '@sinkron/database';

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
