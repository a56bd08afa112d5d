import { someKinds } from './testing/kinds';
import { Dispatcher } from './dispatcher';
import { Gates } from './gates';
import type { JobQueue } from './job-queue';
import { jobQueueWithoutRedis } from './testing/without-redis';
import { type Lane, workEntities } from './work';
import { WorkTable } from './work-table';
import { type Id, newId, toBinary } from '@sinkron/database';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

const places = 10;

let db: TestDatabase;
let table: WorkTable;
let jobQueue: JobQueue;
let dispatchers: Dispatcher[];

beforeAll(async () => {
  db = await testDatabase({ entities: workEntities });
  table = new WorkTable(db.transactions, db.config);
  const gates = new Gates(db.transactions, db.config);
  jobQueue = jobQueueWithoutRedis();
  const config = { ...db.config, dispatchLimit: places };
  dispatchers = Array.from(
    { length: 4 },
    () => new Dispatcher(db.transactions, jobQueue, gates, someKinds(), config),
  );
});
afterAll(async () => {
  jobQueue.onApplicationShutdown();
  await db.close();
});

beforeEach(async () => {
  await sql('delete from work');
  await sql('delete from dispatch_turn');
});

it('dispatches in turns over the offices: the flood of one office waits, the others do not', async () => {
  const [flooded, ...quiet] = [newId(), newId(), newId(), newId()] as [Id, ...Id[]];
  await add(500, { office: flooded, minutesAgo: 60 });
  for (const office of quiet) await add(5, { office, minutesAgo: 1 });
  const total = new Map<Id, number>();
  for (let pass = 0; pass < 2; pass++) {
    for (const [office, n] of await dispatched()) {
      expect([2, 3]).toContain(n);
      total.set(office, (total.get(office) ?? 0) + n);
    }
    await finishAll();
  }
  // Ten places for four offices: who got three the first time gets two the next.
  expect(new Set(total.values())).toEqual(new Set([5]));
  expect(await dispatched()).toEqual(new Map([[flooded, 10]]));
});

it('gives the places that offices with little to do leave free to the others in the same pass', async () => {
  const [busy, ...quiet] = [newId(), newId(), newId(), newId()] as [Id, ...Id[]];
  await add(50, { office: busy, minutesAgo: 5 });
  for (const office of quiet) await add(1, { office, minutesAgo: 5 });
  expect((await dispatched()).get(busy)).toBe(7);
});

it('gives one office a quarter of the places at most where its programs may hang', async () => {
  const [hanging, other] = [newId(), newId()];
  await add(50, { kind: 'webhook', office: hanging, minutesAgo: 5 });
  expect(await dispatched()).toEqual(new Map([[hanging, 2]]));
  // Nothing of it comes back; what another office adds now finds places.
  await add(1, { kind: 'webhook', office: other, minutesAgo: 0 });
  expect(await dispatched()).toEqual(
    new Map([
      [hanging, 2],
      [other, 1],
    ]),
  );
});

it('goes on with the next office when places become free one by one', async () => {
  const offices = [newId(), newId(), newId()].sort();
  for (const office of offices) await add(30, { office, minutesAgo: 5 });
  await dispatchers[0]?.dispatch();
  const served: Id[] = [];
  for (let freed = 0; freed < 6; freed++) {
    await sql('delete from work where leased_until is not null order by rank_at limit 1');
    const before = await leasedByOffice();
    await dispatchers[0]?.dispatch();
    const after = await leasedByOffice();
    served.push(...offices.filter((office) => (after.get(office) ?? 0) > (before.get(office) ?? 0)));
  }
  expect(served.slice(0, 3).toSorted()).toEqual(offices);
  expect(served.slice(3)).toEqual(served.slice(0, 3));
});

it('finds the one office with something free behind thirty whose work the centre held up', async () => {
  const gates = new Gates(db.transactions, db.config);
  const offices = Array.from({ length: 31 }, newId).sort();
  const office = offices.pop() ?? '';
  for (const held of offices) await holdUp(held);
  await add(5, { office, minutesAgo: 1 });
  // Half open: one row may find out whether the centre is back.
  await sql(
    `insert into gate (name, reason, closed_until, since, failures) values ('registry', 'time_out', ?, ?, 5)`,
    [new Date(0), new Date(0)],
  );
  expect(await gates.read('registry')).toMatchObject({ halfOpen: true });
  expect(await dispatched()).toEqual(new Map([[office, 1]]));
  await sql('delete from gate');
});

it('goes on with the offices after those that had nothing free', async () => {
  const held = [newId(), newId()].sort();
  for (const one of held) await holdUp(one);
  const office = newId();
  await add(1, { office, lane: 'urgent', minutesAgo: 1 });
  expect(await dispatched()).toEqual(new Map([[office, 1]]));
  expect(await sql(`select last_office_id from dispatch_turn where kind = 'push'`)).toEqual([
    { last_office_id: toBinary(held[1] ?? '') },
  ]);
});

it('adds the jobs of every kind although another kind fails', async () => {
  const office = newId();
  for (const kind of ['push', 'verify', 'deadline'] as const) await add(1, { kind, office, minutesAgo: 5 });
  await sql(
    `create trigger verify_fails before update on work for each row
     if new.kind = 'verify' then signal sqlstate '45000' set message_text = 'broken'; end if`,
  );
  const added = jest.spyOn(jobQueue, 'add');
  const pass = dispatchers[0]?.dispatch();
  await expect(pass).rejects.toThrow(/^Not dispatched: verify \(broken\)$/);
  expect(added.mock.calls.flat(2).map(({ kind }) => kind)).toEqual(['push', 'deadline']);
  added.mockRestore();
  await sql('drop trigger verify_fails');
});

it('dispatches what the centre held up before what came later, although both are due', async () => {
  const office = newId();
  const [early] = await add(1, { office, minutesAgo: 120, leased: true });
  await add(places, { office, minutesAgo: 5 });
  const claim = early && (await table.claim(early));
  if (!claim) throw new Error('The row could not be claimed');
  await db.transactions.run((transaction) =>
    table.postpone(transaction, claim, { dueAt: transaction.now, reason: 'time_out' }),
  );
  await dispatchers[0]?.dispatch();
  const [row] = await sql('select leased_until from work where id = ?', [toBinary(claim.id)]);
  expect(row?.leased_until).not.toBeNull();
});

it('gives a planned wait a new rank', async () => {
  const office = newId();
  const [early] = await add(1, { office, minutesAgo: 120, leased: true });
  await add(places, { office, minutesAgo: 5 });
  const claim = early && (await table.claim(early));
  if (!claim) throw new Error('The row could not be claimed');
  await db.transactions.run((transaction) =>
    table.postpone(transaction, claim, { dueAt: transaction.now, reason: null }),
  );
  await dispatchers[0]?.dispatch();
  const [row] = await sql('select leased_until from work where id = ?', [toBinary(claim.id)]);
  expect(row?.leased_until).toBeNull();
});

it('keeps its limit also when four workers dispatch at once', async () => {
  await add(200, { office: newId(), minutesAgo: 5 });
  for (let time = 0; time < 5; time++) {
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.dispatch()));
    const [row] = await sql('select count(*) as n from work where leased_until > utc_timestamp(3)');
    expect(Number(row?.n)).toBe(places);
    await sql('delete from work where leased_until is not null order by rank_at limit 3');
  }
});

it('dispatches four regular rows for each urgent one through a flood of urgent work', async () => {
  await add(400, { office: newId(), lane: 'urgent', minutesAgo: 5 });
  for (let office = 0; office < 4; office++) await add(20, { office: newId(), minutesAgo: 1 });
  const done = { urgent: 0, regular: 0 };
  // As long as regular work waits; the last of it is dispatched then.
  while (done.regular < 60) {
    await dispatchers[0]?.dispatch();
    // The workers finish first what was dispatched first, whatever its lane.
    const rows = await sql(
      'select id, lane from work where leased_until > utc_timestamp(3) order by leased_until, md5(id) limit 5',
    );
    for (const { lane } of rows) done[lane as 'urgent' | 'regular'] += 1;
    await sql('delete from work where id in (?)', [rows.map(({ id }) => id)]);
  }
  expect(done.urgent / (done.urgent + done.regular)).toBeLessThanOrEqual(0.2 + 2 / 60);
  expect(done.urgent).toBeGreaterThan(4);
  // No regular work is left: now the urgent lane has every place, nearest deadline first.
  await sql(`delete from work where lane = 'regular'`);
  await dispatchers[0]?.dispatch();
  const [row] = await sql(
    `select count(*) as n, max(rank_at) as last, (select min(rank_at) from work where leased_until is null) as next
     from work where leased_until > utc_timestamp(3) and lane = 'urgent'`,
  );
  expect(Number(row?.n)).toBe(places);
  expect((row?.last as Date) <= (row?.next as Date)).toBe(true);
});

it('lets the work follow its ticket to another office', async () => {
  const [from, to] = [newId(), newId()];
  const [job] = await add(1, { office: from, minutesAgo: 5, leased: true });
  const [row] = await sql('select subject_id from work where id = ?', [toBinary(job?.id ?? '')]);
  await db.dataSource.query('update work set leased_until = null');
  await db.transactions.run((transaction) =>
    table.changeOffice(transaction, ['push'], hexId(row?.subject_id as Buffer), to),
  );
  expect(await dispatched()).toEqual(new Map([[to, 1]]));
});

/** Rows of a kind, one millisecond after the other. */
async function add(
  count: number,
  {
    kind = 'push',
    office,
    minutesAgo,
    lane = 'regular',
    leased = false,
  }: {
    kind?: 'push' | 'verify' | 'deadline' | 'webhook';
    office: Id;
    minutesAgo: number;
    lane?: Lane;
    leased?: boolean;
  },
) {
  return db.transactions.run((transaction) => {
    const at = (index: number) => new Date(transaction.now.getTime() - minutesAgo * 60_000 + index);
    const rows = Array.from({ length: count }, (_, index) => ({
      kind,
      subjectId: newId(),
      dueAt: at(index),
      lane,
      rankAt: at(index),
      officeId: office,
    }));
    return table.add(transaction, rows, () => leased);
  });
}

/** A row that keeps its place by rank, and is not due yet. */
async function holdUp(office: Id): Promise<void> {
  const [job] = await add(1, { office, minutesAgo: 120, leased: true });
  const claim = job && (await table.claim(job));
  if (!claim) throw new Error('The row could not be claimed');
  const later = (now: Date) => new Date(now.getTime() + 60_000);
  await db.transactions.run((transaction) =>
    table.postpone(transaction, claim, { dueAt: later(transaction.now), reason: 'time_out' }),
  );
}

async function dispatched(): Promise<Map<Id, number>> {
  await dispatchers[0]?.dispatch();
  return leasedByOffice();
}

async function leasedByOffice(): Promise<Map<Id, number>> {
  const rows = await sql(
    'select office_id, count(*) as n from work where leased_until > utc_timestamp(3) group by office_id',
  );
  return new Map(rows.map(({ office_id: office, n }) => [hexId(office as Buffer), Number(n)]));
}

async function finishAll(): Promise<void> {
  await sql('delete from work where leased_until is not null');
}

function hexId(bytes: Buffer): Id {
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

function sql(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  return db.dataSource.query(statement, parameters);
}
