import { randomBytes } from 'node:crypto';
import { everyEntity } from './entities';
import { KeyRotation } from './key-rotation';
import type { Key } from '@sinkron/config';
import {
  BlindIndex,
  indexedTables,
  insertRows,
  newId,
  sealedPlaces,
  Sealing,
  toBinary,
  Transactions,
} from '@sinkron/database';
import { testDatabase, type TestDatabase } from '@sinkron/testing';
import { Statement } from '@sinkron/tickets';

const key = (id: string): Key => ({ id, key: randomBytes(32) });
const [one, two] = [key('k1'), key('k2')];

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ entities: everyEntity });
});
afterAll(() => db.close());
beforeEach(() => db.dataSource.query('delete from statement'));

function rotation(...ring: Key[]): KeyRotation {
  return new KeyRotation(new Transactions(db.dataSource), { dataKeys: ring, indexKeys: ring });
}

/** A statement about a family card, sealed and indexed under this key. */
async function stated(ring: Key, kk: string): Promise<string> {
  const id = newId();
  const place = { table: 'statement', column: 'sealed', rowId: id };
  await db.transactions.run(async (transaction) => {
    const statement: Statement = {
      id,
      ticketId: newId(),
      kind: 'first',
      officeId: newId(),
      officerId: newId(),
      channel: 'counter',
      sealed: new Sealing([ring]).seal({ applicant: { kk } }, place),
      phoneKey: null,
      kkKey: new BlindIndex([ring]).digest('statement.kk', kk),
      madeAt: transaction.now,
    };
    await insertRows(transaction, Statement, [statement]);
  });
  return id;
}

async function columns(condition: string): Promise<string[]> {
  const found: { name: string }[] = await db.dataSource.query(
    `select concat(table_name, '.', column_name) as name from information_schema.columns
     where table_schema = database() and ${condition} order by name`,
  );
  return found.map(({ name }) => name);
}

it('reaches every column that holds something sealed', async () => {
  const reached = sealedPlaces(db.dataSource).map(({ table, column }) => `${table}.${column}`);
  expect(reached.sort()).toEqual(await columns(`data_type in ('blob', 'longblob')`));
});

it('can make every blind index anew: each column of that name says what it indexes', async () => {
  const declared = db.dataSource.entityMetadatas.flatMap(({ tableName, columns, target }) =>
    indexedTables(db.dataSource).some((table) => table.target === target)
      ? columns
          .filter(({ databaseName }) => databaseName.endsWith('_key'))
          .map(({ databaseName }) => `${tableName}.${databaseName}`)
      : [],
  );
  expect(declared.sort()).toEqual(await columns(`column_type = 'binary(32)' and column_name like '%\\_key'`));
});

it('seals anew what is left, also when it was interrupted, and says which keys are still in use', async () => {
  const first = await stated(one, '3319991502250001');
  await stated(two, '3319991502250002');
  const [before] = await db.dataSource.query('select sealed from statement where id = ?', [toBinary(first)]);
  const [done] = (await rotation(two, one).reseal()).filter(({ table }) => table === 'statement');
  expect(done).toMatchObject({ resealed: 1, unreadable: 0, keys: new Map([['k2', 2]]) });
  const [after] = await db.dataSource.query('select sealed from statement where id = ?', [toBinary(first)]);
  expect(after.sealed.equals(before.sealed)).toBe(false);
  expect(
    new Sealing([two]).open(after.sealed, { table: 'statement', column: 'sealed', rowId: first }),
  ).toEqual({
    applicant: { kk: '3319991502250001' },
  });
  const [again] = (await rotation(two, one).reseal()).filter(({ table }) => table === 'statement');
  expect(again?.resealed).toBe(0);
});

it('leaves what it cannot open as it is, and counts it', async () => {
  await stated(one, '3319991502250001');
  const [resealed] = (await rotation(two).reseal()).filter(({ table }) => table === 'statement');
  expect(resealed).toMatchObject({ resealed: 0, unreadable: 1, keys: new Map([['k1', 1]]) });
  const [reindexed] = (await rotation(two).reindex()).filter(({ table }) => table === 'statement');
  expect(reindexed).toMatchObject({ rewritten: 0, unreadable: 1 });
  const [row] = await db.dataSource.query('select kk_key from statement');
  expect(row.kk_key).toEqual(new BlindIndex([one]).digest('statement.kk', '3319991502250001'));
});

it('goes through more than a page', async () => {
  for (let serial = 0; serial < 205; serial++)
    await stated(one, `33199915022${String(serial).padStart(5, '0')}`);
  const [resealed] = (await rotation(two, one).reseal()).filter(({ table }) => table === 'statement');
  expect(resealed).toMatchObject({ resealed: 205, keys: new Map([['k2', 205]]) });
  const [reindexed] = (await rotation(two, one).reindex()).filter(({ table }) => table === 'statement');
  expect(reindexed?.rewritten).toBe(205);
});
