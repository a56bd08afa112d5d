import { someKinds } from './testing/kinds';
import { Dispatcher } from './dispatcher';
import { Gates } from './gates';
import type { JobQueue } from './job-queue';
import { jobQueueWithoutRedis } from './testing/without-redis';
import { workEntities } from './work';
import { type Transaction, Transactions } from '@sinkron/database';
import { testDatabase, type TestDatabase } from '@sinkron/testing';
import { type SqlValue, format } from 'mysql2';

/** The plans are those of 600,000, for which filling takes a minute (ADR 17). */
const waiting = 120_000;
/** Fewer than the usual rate serves. */
const dispatchLimit = 120;

let db: TestDatabase;
let jobQueue: JobQueue;
let statements: string[];

/** The real transactions, with their statements recorded, so that the database can be asked for their plans. */
class Recorded extends Transactions {
  override run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return super.run((transaction) =>
      work({ ...transaction, query: (text, values) => transaction.query(record(text, values), values) }),
    );
  }

  override query<Row>(text: string, values?: unknown[]): Promise<Row[]> {
    return super.query<Row>(record(text, values), values);
  }
}

beforeAll(async () => {
  db = await testDatabase({ entities: workEntities, poolSize: 1 });
  jobQueue = jobQueueWithoutRedis();
  await fill();
}, 60_000);
afterAll(async () => {
  jobQueue.onApplicationShutdown();
  await db.close();
});

it('dispatches from many waiting rows of 514 offices along the indexes, and reads few of them', async () => {
  const recorded = new Recorded(db.dataSource);
  const dispatcher = new Dispatcher(recorded, jobQueue, new Gates(recorded, db.config), someKinds(), {
    ...db.config,
    dispatchLimit,
  });
  statements = [];
  const before = await rowsRead();
  expect(await dispatcher.dispatch()).toBe(2 * dispatchLimit);
  // A walk over the regular lane of one kind alone would be 48,000.
  expect((await rowsRead()) - before).toBeLessThan(20_000);
  const plans = await Promise.all(statements.filter((text) => / from work /.test(text)).map(plan));
  expect(plans.length).toBeGreaterThan(10);
  const tables = plans.flat().filter(({ table }) => table === 'work');
  for (const { type, extra } of tables) {
    expect(['const', 'ref', 'range', 'eq_ref']).toContain(type);
    expect(extra).not.toContain('filesort');
  }
});

/** A good half of all is due; of these a third was held up by the centre and kept its rank. */
async function fill(): Promise<void> {
  await sql('create table number (n int not null primary key)');
  await sql('insert into number values (0)');
  for (let size = 1; size < waiting; size *= 2)
    await sql('insert into number select n + ? from number where n + ? < ?', [size, size, waiting]);
  await sql(
    `insert into work (id, kind, subject_id, due_at, lane, rank_at, lease_no, attempts, office_id)
     select unhex(lpad(hex(n), 32, '0')), case when n % 2 = 0 then 'verify' else 'push' end, unhex(lpad(hex(n), 32, '0')),
       utc_timestamp(3) + interval (n - 75000) second,
       case when n % 5 = 0 then 'urgent' else 'regular' end,
       utc_timestamp(3) + interval (n - 75000 - case when n % 3 = 0 then 900 else 0 end) second,
       0, 0, unhex(lpad(hex(n % 514), 32, '0'))
     from number`,
  );
  await sql('analyze table work');
}

function record(text: string, values: unknown[] = []): string {
  statements.push(format(text, values as SqlValue[]));
  return text;
}

async function rowsRead(): Promise<number> {
  const [row] = await sql(
    `select sum(variable_value) as n from information_schema.session_status
     where variable_name like 'handler_read%'`,
  );
  return Number(row?.n);
}

async function plan(statement: string): Promise<Record<'table' | 'type' | 'extra', string>[]> {
  const rows = await sql(`explain ${statement}`);
  return rows.map(({ table, type, Extra: extra }) => ({
    table: String(table),
    type: String(type),
    extra: String(extra),
  }));
}

function sql(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  return db.dataSource.query(statement, parameters);
}
