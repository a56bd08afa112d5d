import { isConflict, isDuplicate } from './failures';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase({ poolSize: 5 });
  await db.dataSource.query('create table counter (id int primary key, n int not null) engine=InnoDB');
  await db.dataSource.query('insert into counter values (1, 0), (2, 0)');
});
afterAll(() => db.close());

it('commits wholly or not at all', async () => {
  const attempt = db.transactions.run(async (transaction) => {
    await transaction.execute('update counter set n = n + 1 where id = 1');
    throw new Error('half-way');
  });
  await expect(attempt).rejects.toThrow('half-way');
  expect(await db.transactions.query('select n from counter where id = 1')).toEqual([{ n: 0 }]);
});

it('repeats the whole of it after a deadlock', async () => {
  const both = (first: number, second: number) =>
    db.transactions.run(async (transaction) => {
      await transaction.execute('update counter set n = n + 1 where id = ?', [first]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await transaction.execute('update counter set n = n + 1 where id = ?', [second]);
    });
  await Promise.all([both(1, 2), both(2, 1)]);
  expect(await db.transactions.query('select n from counter order by id')).toEqual([{ n: 2 }, { n: 2 }]);
});

it('outlives a row that many write in every order', async () => {
  await db.dataSource.query('update counter set n = 0');
  const inOrder = (ids: number[]) =>
    db.transactions.run(async (transaction) => {
      for (const id of ids) await transaction.execute('update counter set n = n + 1 where id = ?', [id]);
    });
  await Promise.all(Array.from({ length: 40 }, (_, n) => inOrder(n % 2 ? [1, 2] : [2, 1])));
  expect(await db.transactions.query('select n from counter order by id')).toEqual([{ n: 40 }, { n: 40 }]);
});

it('states its session: UTC, read committed, strict, a bound on waits for locks', async () => {
  const [session] = await db.transactions.query(
    'select @@time_zone as zone, @@tx_isolation as isolation, @@sql_mode as mode, @@innodb_lock_wait_timeout as wait',
  );
  expect(session).toMatchObject({ zone: '+00:00', isolation: 'READ-COMMITTED', wait: '5' });
  expect(String(session?.mode)).toContain('STRICT_ALL_TABLES');
});

it('takes its time from the database, whose clock a test moves on every connection', async () => {
  const moved = await testDatabase({ poolSize: 2 });
  const instant = new Date('2027-01-01T00:00:00.250Z');
  const now = () => moved.transactions.run(({ now: seen }) => Promise.resolve(seen));
  await moved.setClock(instant);
  expect(await Promise.all([now(), now(), now()])).toEqual([instant, instant, instant]);
  await moved.setClock(null);
  for (const seen of await Promise.all([now(), now()])) expect(seen).not.toEqual(instant);
  await moved.close();
});

it('knows a conflict from a duplicate, wherever the driver put its number', async () => {
  const error = await db.transactions
    .execute('insert into counter values (1, 1)')
    .catch((thrown: unknown) => thrown);
  expect([isDuplicate(error), isConflict(error)]).toEqual([true, false]);
});

it('names who asked in the stack of a driver error', async () => {
  const asker = async () => {
    await db.transactions.query('select nothing from nowhere');
  };
  const error: unknown = await asker().catch((thrown: unknown) => thrown);
  expect((error as Error).stack).toContain('asker');
});

it('never matches an object or a number against a code', async () => {
  await db.dataSource.query(
    'create table coded (code varchar(10) character set ascii collate ascii_bin) engine=InnoDB',
  );
  await db.dataSource.query("insert into coded values ('abc')");
  const found = await db.transactions.query('select * from coded where code = ?', [{ code: 0 }]);
  expect(found).toEqual([]);
});
