import { someKinds } from './testing/kinds';
import { registryGate, Dispatcher } from './dispatcher';
import { backOff, Gates } from './gates';
import type { Job, JobQueue } from './job-queue';
import { jobQueueWithoutRedis } from './testing/without-redis';
import { JobRunner } from './job-runner';
import { type Lane, workEntities } from './work';
import { StaleLease, WorkTable } from './work-table';
import { newId, toBinary } from '@sinkron/database';
import { oldestDue } from '@sinkron/observability';
import { testDatabase, type TestDatabase } from '@sinkron/testing';
import { pino } from 'pino';

let db: TestDatabase;
let table: WorkTable;
let gates: Gates;
let jobQueue: JobQueue;
let dispatcher: Dispatcher;

beforeAll(async () => {
  db = await testDatabase({ entities: workEntities });
  table = new WorkTable(db.transactions, db.config);
  gates = new Gates(db.transactions, db.config);
  jobQueue = jobQueueWithoutRedis();
  dispatcher = new Dispatcher(db.transactions, jobQueue, gates, someKinds(), {
    ...db.config,
    dispatchLimit: 10,
  });
});
afterAll(async () => {
  jobQueue.onApplicationShutdown();
  await db.close();
});

beforeEach(async () => {
  await db.dataSource.query('delete from work');
  await db.dataSource.query('delete from gate');
});

async function add(count: number, lane: Lane, minutesAgo: number, leased = false): Promise<Job[]> {
  return db.transactions.run((transaction) => {
    const at = (index: number) => new Date(transaction.now.getTime() - minutesAgo * 60_000 + index);
    const rows = Array.from({ length: count }, (_, index) => ({
      kind: 'push' as const,
      subjectId: newId(),
      dueAt: at(index),
      lane,
      rankAt: at(index),
      officeId: null,
    }));
    return table.add(transaction, rows, () => leased);
  });
}

it('lets exactly one of five deliveries of a job do the work', async () => {
  const [job] = await add(1, 'regular', 1, true);
  const claims = await Promise.all(Array.from({ length: 5 }, () => table.claim(job as Job)));
  expect(claims.filter(Boolean)).toHaveLength(1);
});

it('gives nothing to the handler of another kind of work', async () => {
  const [job] = await add(1, 'regular', 1, true);
  expect(await table.claim({ ...(job as Job), kind: 'verify' })).toBeNull();
  expect(await table.claim(job as Job)).not.toBeNull();
});

it('refuses the outcome of a worker whose lease has passed on', async () => {
  const [job] = await add(1, 'regular', 1, true);
  const claim = await table.claim(job as Job);
  await db.dataSource.query('update work set leased_until = utc_timestamp(3) - interval 1 second');
  expect(await dispatcher.dispatch()).toBe(1);
  const late = db.transactions.run((transaction) =>
    table.finish(transaction, claim as NonNullable<typeof claim>),
  );
  await expect(late).rejects.toThrow(StaleLease);
});

it('dispatches no more than its limit and keeps the order', async () => {
  await add(15, 'regular', 10);
  expect(await dispatcher.dispatch()).toBe(10);
  expect(await dispatcher.dispatch()).toBe(0);
  await db.dataSource.query('delete from work where leased_until is not null');
  expect(await dispatcher.dispatch()).toBe(5);
});

it('gives the urgent lane a fifth while regular work waits, and everything when none does', async () => {
  await add(20, 'urgent', 1);
  await add(20, 'regular', 10);
  await dispatcher.dispatch();
  const lanes = await db.dataSource.query(
    'select lane, count(*) as n from work where lease_no = 1 group by lane order by lane',
  );
  expect(lanes.map(({ lane, n }: { lane: string; n: string }) => [lane, Number(n)])).toEqual([
    ['regular', 8],
    ['urgent', 2],
  ]);
  await db.dataSource.query("delete from work where lane = 'regular' or lease_no = 1");
  expect(await dispatcher.dispatch()).toBe(10);
});

it('keeps the urgent lane to its fifth also when places become free one by one', async () => {
  await add(20, 'urgent', 1);
  await add(20, 'regular', 10);
  await dispatcher.dispatch();
  for (let freed = 0; freed < 5; freed++) {
    await db.dataSource.query(
      "delete from work where lane = 'regular' and leased_until is not null order by due_at limit 1",
    );
    expect(await dispatcher.dispatch()).toBe(1);
  }
  const lanes = await db.dataSource.query(
    'select lane, count(*) as n from work where leased_until is not null group by lane order by lane',
  );
  expect(lanes.map(({ lane, n }: { lane: string; n: string }) => [lane, Number(n)])).toEqual([
    ['regular', 8],
    ['urgent', 2],
  ]);
});

it('measures the oldest due row also while all places are taken or the gate is closed', async () => {
  const age = async () =>
    (await oldestDue.get()).values.find(({ labels }) => labels.kind === 'push')?.value ?? 0;
  await dispatcher.dispatch();
  expect(await age()).toBe(0);
  await add(10, 'regular', 10, true);
  await add(1, 'regular', 20);
  await dispatcher.dispatch();
  expect(await age()).toBeGreaterThanOrEqual(1200);
  await db.dataSource.query('delete from work');
  await dispatcher.dispatch();
  expect(await age()).toBe(0);
  await add(1, 'regular', 20);
  await gates.close(registryGate, 'quota_used_up', 60_000);
  await dispatcher.dispatch();
  expect(await age()).toBeGreaterThanOrEqual(1200);
});

it('two dispatchers at once dispatch a row once', async () => {
  await add(10, 'regular', 1);
  const dispatched = await Promise.all([dispatcher.dispatch(), dispatcher.dispatch()]);
  expect(dispatched.reduce((sum, n) => sum + n)).toBe(10);
  expect(await db.dataSource.query('select count(*) as n from work where lease_no = 1')).toEqual([
    { n: '10' },
  ]);
});

it('leaves held rows and, while the gate is closed, all work for the centre', async () => {
  await add(1, 'held', 5);
  expect(await dispatcher.dispatch()).toBe(0);
  await add(1, 'regular', 5);
  await gates.close(registryGate, 'quota_used_up', 60_000);
  expect(await dispatcher.dispatch()).toBe(0);
  await db.dataSource.query('update gate set closed_until = utc_timestamp(3)');
  expect(await dispatcher.dispatch()).toBe(1);
});

it('closes the gate after five failures in a row and forgets them after a success', async () => {
  for (let failure = 1; failure <= 4; failure++) await gates.failed(registryGate, 'time_out');
  expect((await gates.read(registryGate)).closed).toBe(false);
  await gates.failed(registryGate, 'time_out');
  expect(await gates.read(registryGate)).toMatchObject({ closed: true, reason: 'time_out', failures: 5 });
  // Calls that were in flight when it closed: the wait does not grow with each of them.
  for (let late = 0; late < 15; late++) await gates.failed(registryGate, 'time_out');
  expect(await gates.read(registryGate)).toMatchObject({ failures: 5 });
  await db.dataSource.query('update gate set closed_until = utc_timestamp(3)');
  await gates.succeeded(registryGate);
  expect((await gates.read(registryGate)).failures).toBe(0);
});

it('keeps why it is closed when calls fail late, or close it for less', async () => {
  await gates.close(registryGate, 'quota_used_up', 60_000);
  await gates.failed(registryGate, 'time_out');
  expect(await gates.read(registryGate)).toMatchObject({ closed: true, reason: 'quota_used_up' });
  await gates.close(registryGate, 'configuration', 1_000);
  expect(await gates.read(registryGate)).toMatchObject({ reason: 'quota_used_up' });
  await gates.close(registryGate, 'configuration', 120_000);
  expect(await gates.read(registryGate)).toMatchObject({ reason: 'configuration' });
  await db.dataSource.query('update gate set closed_until = utc_timestamp(3)');
  await gates.failed(registryGate, 'time_out');
  expect(await gates.read(registryGate)).toMatchObject({ reason: 'time_out' });
});

it('lets one caller of many try a half-open gate, and the next one when the first has died or reported', async () => {
  const shut = async () => {
    await gates.close(registryGate, 'configuration', 60_000);
    await db.dataSource.query('update gate set closed_until = utc_timestamp(3)');
  };
  const ahead = async (probe = 30_000) => {
    const seen = await Promise.all(Array.from({ length: 10 }, () => gates.enter(registryGate, probe)));
    return seen.filter(({ closed }) => !closed).length;
  };
  await shut();
  expect(await ahead()).toBe(1);
  expect(await ahead()).toBe(0);
  await db.dataSource.query('update gate set probe_until = utc_timestamp(3)');
  expect(await ahead()).toBe(1);
  await gates.leave(registryGate);
  expect(await ahead()).toBe(1);
  await gates.failed(registryGate, 'time_out');
  expect(await gates.read(registryGate)).toMatchObject({ closed: true, failures: 6 });
  await shut();
  expect(await ahead()).toBe(1);
  await gates.succeeded(registryGate);
  expect(await ahead()).toBe(10);
});

it('dispatches one row, not all, behind a half-open gate', async () => {
  await add(8, 'regular', 5);
  await gates.close(registryGate, 'time_out', 60_000);
  await db.dataSource.query('update gate set closed_until = utc_timestamp(3)');
  expect(await dispatcher.dispatch()).toBe(1);
  await gates.succeeded(registryGate);
  expect(await dispatcher.dispatch()).toBe(7);
});

it('moves the row of a job that failed unexpectedly, with a reason and a longer wait each time', async () => {
  const runner = new JobRunner(db.transactions, table, db.config, pino({ level: 'silent' }));
  const [job] = await add(1, 'regular', 1, true);
  const fail = () => Promise.reject(new Error('broken'));
  await runner.run({ ...(job as Job), correlationId: 'test-correlation' }, fail);
  const [row] = await db.dataSource.query(
    'select attempts, reason, due_at > utc_timestamp(3) as later, leased_until from work where id = ?',
    [toBinary((job as Job).id)],
  );
  expect(row).toMatchObject({ attempts: 1, reason: 'internal_error', later: 1, leased_until: null });
  expect(backOff({ least: 1000, most: 60_000 }, 5)).toBeGreaterThan(
    backOff({ least: 1000, most: 60_000 }, 2),
  );
});

it('answers quickly when Redis was never there', async () => {
  await expect(jobQueue.add([{ kind: 'verify', id: newId(), leaseNo: 1 }])).resolves.toBeUndefined();
});

describe('making work due', () => {
  const hour = 3_600_000;

  async function waiting(count: number, inHours: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId());
    await db.transactions.run((transaction) => {
      const at = new Date(transaction.now.getTime() + inHours * hour);
      const rows = ids.map((subjectId) => ({
        kind: 'deadline',
        subjectId,
        dueAt: at,
        lane: 'regular' as const,
        rankAt: at,
        officeId: null,
      }));
      return table.add(transaction, rows);
    });
    return ids;
  }

  const due = async () =>
    Number(
      (
        await db.dataSource.query(
          'select count(*) as n from work where due_at <= utc_timestamp(3) and rank_at <= utc_timestamp(3) and lease_no = 1',
        )
      )[0].n,
    );

  it('moves time and rank of more rows than one statement moves, and no others', async () => {
    const ids = await waiting(1_203, 5);
    await waiting(4, 5);
    expect(await table.makeManyDue('deadline', ids)).toBe(1_203);
    expect(await due()).toBe(1_203);
    expect(await table.makeManyDue('push', ids)).toBe(0);
  });

  it('takes the work from who holds it, unless what is due is left alone', async () => {
    const ids = await waiting(1, -1);
    const move = (except?: 'due') =>
      db.transactions.run((transaction) => table.makeDue(transaction, 'deadline', ids, except));
    expect(await move('due')).toBe(0);
    expect(await due()).toBe(0);
    expect(await move()).toBe(1);
    expect(await due()).toBe(1);
  });
});
