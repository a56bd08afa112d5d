import type { Transactions } from '@sinkron/database';

/**
 * Records that a process works now: one that hangs cannot say so of itself, and the others see the age of this.
 * @param process its kind; of several workers one is enough
 */
export async function recordHeartbeat(transactions: Transactions, process: string): Promise<void> {
  await transactions.execute(
    `insert into heartbeat (process, at) values (?, utc_timestamp(3)) on duplicate key update at = values(at)`,
    [process],
  );
}

/** Milliseconds since the last heartbeat of a process of this kind; null when there never was one. */
export async function heartbeatAge(transactions: Transactions, process: string): Promise<number | null> {
  const [row] = await transactions.query<{ age: string }>(
    'select timestampdiff(microsecond, at, utc_timestamp(3)) as age from heartbeat where process = ?',
    [process],
  );
  return row ? Number(row.age) / 1000 : null;
}
