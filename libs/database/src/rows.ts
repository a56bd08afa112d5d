import type { EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Transaction } from './transactions';

/**
 * Entities by plain statements. `repository.save` costs more than everything else in an intake together, so rows are
 * written and read by SQL; the entity stays the only place that maps columns to properties.
 */

/** The columns of an entity, without its methods: what a new instance must be given. */
export type ColumnsOf<T> = {
  [Key in keyof T as T[Key] extends (...args: never[]) => unknown ? never : Key]: T[Key];
};

/** Of any number of rows none makes a statement that the server refuses for its size, or that takes its whole time limit. */
const rowsPerStatement = 500;

/** A list in pieces of at most so many. */
export function inPieces<T>(list: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, at) =>
    list.slice(at * most, (at + 1) * most),
  );
}

/** Inserts many rows, some hundreds in a statement. `keepExisting` names a column: a row that is already there under any of its
 * unique keys stays exactly as it is, and the caller reads back to learn whose row it is. */
export async function insertRows<T extends ObjectLiteral>(
  transaction: Transaction,
  entity: EntityTarget<T>,
  rows: readonly T[],
  options: { keepExisting?: string } = {},
): Promise<void> {
  if (rows.length === 0) return;
  const { tableName, columns } = transaction.metadata(entity);
  const names = columns.map(({ databaseName }) => `\`${databaseName}\``).join(', ');
  const keep = options.keepExisting
    ? ` on duplicate key update \`${options.keepExisting}\` = \`${options.keepExisting}\``
    : '';
  for (const piece of inPieces(rows, rowsPerStatement)) {
    await transaction.execute(`insert into \`${tableName}\` (${names}) values ?${keep}`, [
      piece.map((row) => columns.map((column) => storedValue(column, row))),
    ]);
  }
}

/** The entities of `select * from <its table> <tail>`, e.g. `where id in (?) order by id for update`. */
export async function selectRows<T extends ObjectLiteral>(
  transaction: Transaction,
  entity: EntityTarget<T>,
  tail: string,
  parameters: unknown[],
): Promise<T[]> {
  const metadata = transaction.metadata(entity);
  const rows = await transaction.query(`select * from \`${metadata.tableName}\` ${tail}`, parameters);
  return rows.map((row) => {
    const found = metadata.create() as T;
    for (const column of metadata.columns) {
      const stored = row[column.databaseName] ?? null;
      const { transformer } = column;
      const value = transformer && !Array.isArray(transformer) ? transformer.from(stored) : stored;
      column.setEntityValue(found, value);
    }
    return found;
  });
}

/** Writes all columns of one row back. @returns whether the row was still there as the condition says */
export async function updateRow<T extends ObjectLiteral>(
  transaction: Transaction,
  entity: EntityTarget<T>,
  row: T,
  condition: string,
  parameters: unknown[],
): Promise<boolean> {
  const { tableName, columns } = transaction.metadata(entity);
  const written = columns.filter(({ isPrimary }) => !isPrimary);
  const assignments = written.map(({ databaseName }) => `\`${databaseName}\` = ?`).join(', ');
  const values = written.map((column) => storedValue(column, row));
  const touched = await transaction.execute(`update \`${tableName}\` set ${assignments} where ${condition}`, [
    ...values,
    ...parameters,
  ]);
  return touched > 0;
}

/** As `column.getEntityValue(row, true)`, without its search for relations and embedded objects, which we do not have. */
function storedValue(
  { transformer, propertyName }: EntityMetadata['columns'][number],
  row: ObjectLiteral,
): unknown {
  const value: unknown = row[propertyName];
  return (transformer && !Array.isArray(transformer) ? transformer.to(value) : value) ?? null;
}
