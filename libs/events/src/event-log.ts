import { Event } from './event';
import type { EventType, Happened } from './event-types';
import { type Id, insertRows, isId, newId, selectRows, toBinary, type Transaction } from '@sinkron/database';
import type { Scope } from '@sinkron/offices';

/** Records events in the transaction of what happened: neither is committed without the other. */
export async function recordEvents(transaction: Transaction, ...happened: Happened[]): Promise<void> {
  const rows = happened.map((event): Event => ({
    ...event,
    id: newId(),
    position: null,
    at: transaction.now,
  }));
  await insertRows(transaction, Event, rows);
}

/** Whether such an event was recorded lately. @param within milliseconds */
export async function wasRecorded(
  transaction: Transaction,
  { type, subject, within }: { type: EventType; subject: string; within: number },
): Promise<boolean> {
  const found = await transaction.query(
    `select 1 from event where type = ? and subject = ? and at > utc_timestamp(3) - interval ? microsecond limit 1`,
    [type, subject, within * 1000],
  );
  return found.length > 0;
}

export async function findEvent(transaction: Transaction, id: Id): Promise<Event | null> {
  const [event] = await selectRows(transaction, Event, 'where id = ?', [toBinary(id)]);
  return event ?? null;
}

/** Which published events are wanted: all since an instant, or these. */
export type WantedEvents = { since: Date } | { ids: readonly string[] };

/** The published events of these types that a scope sees, the oldest first. */
export async function publishedEvents(
  transaction: Transaction,
  wanted: WantedEvents,
  { types, scope, limit }: { types: readonly EventType[]; scope: Scope; limit: number },
): Promise<Event[]> {
  const [which, given] =
    'since' in wanted
      ? (['at >= ?', wanted.since] as const)
      : (['id in (?)', wanted.ids.filter(isId).map(toBinary)] as const);
  if (Array.isArray(given) && given.length === 0) return [];
  const seen = scope.everything
    ? { sql: 'true', parameters: [] }
    : { sql: '(office_id is null or office_id in (?))', parameters: [scope.ids.map(toBinary)] };
  return selectRows(
    transaction,
    Event,
    `where ${which} and position is not null and type in (?) and ${seen.sql} order by at, id limit ?`,
    [given, types, ...seen.parameters, limit],
  );
}
