import { inPieces, insertRows } from './rows';
import type { Transaction } from './transactions';

class Row {
  id!: number;
}

/** What the statements were given, instead of a database. */
function recorded() {
  const statements: unknown[][] = [];
  const columns = [{ databaseName: 'id', propertyName: 'id' }];
  const transaction = {
    execute: (_sql: string, [rows]: [unknown[]]) => Promise.resolve(statements.push(rows)),
    metadata: () => ({ tableName: 'row', columns }),
  } as unknown as Transaction;
  return { statements, transaction };
}

it('inserts any number of rows, in statements of a bounded size', async () => {
  const { statements, transaction } = recorded();
  const rows = Array.from({ length: 60_000 }, (_, id): Row => ({ id }));
  await insertRows(transaction, Row, rows);
  expect(Math.max(...statements.map(({ length }) => length))).toBeLessThanOrEqual(500);
  expect(statements.flat()).toEqual(rows.map(({ id }) => [id]));
});

it.each([
  [[], 2, []],
  [[1, 2], 2, [[1, 2]]],
  [[1, 2, 3], 2, [[1, 2], [3]]],
])('parts %j in pieces of %j: %j', (list, most, pieces) => {
  expect(inPieces(list, most)).toEqual(pieces);
});
