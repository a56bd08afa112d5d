import type { Transaction } from './transactions';

/**
 * Inserts many rows in one statement. `keepExisting` leaves a row alone that is already there under any of its
 * unique keys and writes nothing into it; the caller reads back to learn whose row it is.
 */
export async function insertRows(
  transaction: Transaction,
  table: string,
  rows: Record<string, unknown>[],
  options: { keepExisting?: string } = {},
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first);
  const names = columns.map((column) => `\`${column}\``).join(', ');
  const keep = options.keepExisting
    ? ` on duplicate key update \`${options.keepExisting}\` = \`${options.keepExisting}\``
    : '';
  await transaction.execute(`insert into \`${table}\` (${names}) values ?${keep}`, [
    rows.map((row) => columns.map((column) => row[column] ?? null)),
  ]);
}
