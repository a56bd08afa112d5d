import { fromBinary, type Id, toBinary, type Transaction, type Transactions } from '@sinkron/database';

/** Urgent work of a kind that has been due for longer than this, leased or not. */
export async function overdueWork(
  transactions: Transactions,
  kind: string,
  milliseconds: number,
): Promise<{ rows: number; oldestDueAt: Date | null }> {
  const [row] = await transactions.query<{ n: string; oldest: Date | null }>(
    `select count(*) as n, min(due_at) as oldest from work
     where kind = ? and lane = 'urgent' and due_at < utc_timestamp(3) - interval ? microsecond`,
    [kind, milliseconds * 1000],
  );
  return { rows: Number(row?.n ?? 0), oldestDueAt: row?.oldest ?? null };
}

/** Those of the subjects that have no row of work of this kind, in the given order. */
export async function subjectsWithoutWork(
  transaction: Transaction,
  kind: string,
  subjectIds: readonly Id[],
): Promise<Id[]> {
  if (subjectIds.length === 0) return [];
  const rows = await transaction.query<{ subject_id: Buffer }>(
    'select subject_id from work where kind = ? and subject_id in (?)',
    [kind, subjectIds.map(toBinary)],
  );
  const found = new Set(rows.map(({ subject_id: id }) => fromBinary(id)));
  return subjectIds.filter((id) => !found.has(id));
}
