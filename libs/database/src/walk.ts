import type { Transaction, Transactions } from './transactions';

/** What a page of a walk did. */
export interface Page<Count> {
  count: Count;
  /** The key of its last row; null when no rows come after it. */
  last: Buffer | null;
}

/**
 * Walks a table in the order of its key, one short transaction a page, while others write to it: what is made
 * meanwhile has a later id and is met too.
 * @returns what each page counted
 */
export async function walk<Count>(
  transactions: Transactions,
  page: (transaction: Transaction, after: Buffer) => Promise<Page<Count>>,
): Promise<Count[]> {
  const counts: Count[] = [];
  for (let after: Buffer | null = Buffer.alloc(16); after !== null;) {
    const begin: Buffer = after;
    const { count, last } = await transactions.run((transaction) => page(transaction, begin));
    counts.push(count);
    after = last;
  }
  return counts;
}

/** The key of a page's last row, or null when it was not full. */
export function lastOf(rows: readonly { id: Buffer }[], size: number): Buffer | null {
  return rows.length < size ? null : (rows.at(-1)?.id ?? null);
}
