import { randomBytes } from 'node:crypto';
import { password, type RunningApi, startApiOn } from './testing/start-api';
import { caller, type Caller, someComplaint } from './tickets/testing/desk';
import { SignIn } from '@sinkron/accounts';
import type { Key } from '@sinkron/config';
import { BlindIndex, Transactions } from '@sinkron/database';
import { everyEntity, KeyRotation } from '@sinkron/privacy';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

jest.setTimeout(120_000);

const key = (id: string): Key => ({ id, key: randomBytes(32) });
const [one, two] = [key('k1'), key('k2')];

/** A process of the API with these rings, and officers who are signed in there. */
interface Process {
  api: RunningApi;
  officer: Caller;
  admin: Caller;
}

type Complaint = ReturnType<typeof someComplaint>;

let database: TestDatabase;
/** Everybody who complained so far, with the code of their ticket. */
const people: { complaint: Complaint; code: string }[] = [];
const addresses: string[] = [];

beforeAll(async () => {
  database = await testDatabase({ entities: everyEntity });
});
afterAll(() => database.close());

/** Two processes side by side, as a rolling change of the configuration has them. */
async function sideBySide(
  rings: [Key[], Key[]],
  work: (processes: [Process, Process]) => Promise<void>,
): Promise<void> {
  const processes: Process[] = [];
  try {
    for (const ring of rings) {
      const api = await startApiOn({ ...database.config, databasePool: 4, indexKeys: ring, dataKeys: ring });
      const officer = await api.officer('officer', '3319');
      addresses.push(officer.email);
      const admin = caller(api.url, await api.officer('admin', 'id'));
      processes.push({ api, officer: caller(api.url, officer), admin });
    }
    await work(processes as [Process, Process]);
  } finally {
    for (const { api } of processes) await api.stop();
  }
}

/** A new person at one process, then at the other: one ticket, and one person. */
async function newAt(first: Process, then: Process): Promise<void> {
  const complaint = someComplaint();
  const headers = { 'idempotency-key': `k-${people.length}` };
  const created = await first.officer.post('/v1/tickets', complaint, headers);
  expect(created.status).toBe(201);
  const repeated = await then.officer.post('/v1/tickets', complaint);
  expect([repeated.status, repeated.body.code]).toEqual([200, created.body.code]);
  people.push({ complaint, code: created.body.code });
}

/** Everybody who complained before is found at this process, by whatever number, and complains into the same ticket. */
async function knowsEverybody({ officer }: Process): Promise<void> {
  for (const { complaint, code } of people) {
    const { nik, kk, phone } = complaint.applicant;
    for (const wanted of [{ nik }, { kk }, { phone }]) {
      const { body } = await officer.post('/v1/tickets/search', wanted);
      expect(body.items.map((item) => item.code)).toEqual([code]);
    }
    const again = await officer.post('/v1/tickets', complaint);
    expect([again.status, again.body.code]).toEqual([200, code]);
  }
}

async function letsEverybodyIn({ api, admin }: Process): Promise<void> {
  for (const email of addresses) {
    await expect(
      api.app.get(SignIn, { strict: false }).signIn({ email, password }, '127.0.0.1'),
    ).resolves.toMatchObject({ expiresIn: expect.any(Number) });
    const twice = { email, name: 'Orang Kedua', role: 'officer', office: '3319', password };
    expect((await admin.post('/v1/officers', twice)).status).toBe(409);
  }
}

async function onePersonEach(): Promise<void> {
  const [row] = await database.transactions.query<{ n: string }>('select count(*) as n from person');
  expect(Number(row?.n)).toBe(people.length);
}

it.each([
  ['one key alone', [[one], [one]]],
  ['the new key comes in', [[one], [one, two]]],
  [
    'the new key comes first',
    [
      [one, two],
      [two, one],
    ],
  ],
] as [string, [Key[], Key[]]][])('takes in, finds and signs in while %s', async (_stage, rings) => {
  await sideBySide(rings, async ([first, second]) => {
    await newAt(first, second);
    await newAt(second, first);
    // At both at the very same time, too.
    const complaint = someComplaint();
    const [here, there] = await Promise.all([
      first.officer.post('/v1/tickets', complaint),
      second.officer.post('/v1/tickets', complaint),
    ]);
    expect(here.status + there.status).toBe(401);
    expect(here.body.code).toBe(there.body.code);
    people.push({ complaint, code: here.body.code });
    for (const running of [first, second]) {
      await knowsEverybody(running);
      await letsEverybodyIn(running);
    }
    // What was answered under the older key is remembered under the newer one.
    const again = await second.officer.post('/v1/tickets', people[0]!.complaint);
    expect(again.body.code).toBe(people[0]!.code);
  });
  await onePersonEach();
});

it('remembers at one process what was answered at another, also under the other key', async () => {
  await sideBySide(
    [
      [one, two],
      [two, one],
    ],
    async ([first, second]) => {
      const complaint = someComplaint();
      const headers = { 'idempotency-key': 'sent-to-both' };
      // The same officer, since a key belongs to whoever sent it.
      const authorization = `Bearer ${(await first.api.app.get(SignIn, { strict: false }).signIn({ email: addresses[0]!, password }, '127.0.0.1')).accessToken}`;
      const here = caller(first.api.url, { authorization });
      const there = caller(second.api.url, { authorization });
      const created = await here.post('/v1/tickets', complaint, headers);
      const replayed = await there.post('/v1/tickets', complaint, headers);
      expect([created.status, replayed.status]).toEqual([201, 201]);
      expect(replayed.body).toEqual(created.body);
      const other = await there.post('/v1/tickets', someComplaint(), headers);
      expect(other.status).toBe(422);
      people.push({ complaint, code: created.body.code });
    },
  );
});

it('makes everything anew while complaints come in, and then needs the old key no more', async () => {
  await sideBySide(
    [
      [two, one],
      [two, one],
    ],
    async ([first, second]) => {
      const rotation = new KeyRotation(new Transactions(database.dataSource), {
        dataKeys: [two, one],
        indexKeys: [two, one],
      });
      const [resealed, reindexed] = await Promise.all([
        rotation.reseal(),
        rotation.reindex(),
        newAt(first, second),
        newAt(second, first),
      ]);
      expect(resealed.flatMap(({ keys }) => [...keys.keys()])).not.toContain('k1');
      expect(resealed.filter(({ unreadable }) => unreadable > 0)).toEqual([]);
      expect(reindexed.filter(({ unreadable, doubled }) => unreadable + doubled > 0)).toEqual([]);
      expect(resealed.find(({ table }) => table === 'statement')?.resealed).toBeGreaterThan(0);
      expect(reindexed.find(({ table }) => table === 'statement')?.rewritten).toBeGreaterThan(0);
      await knowsEverybody(first);
    },
  );
  await sideBySide([[two, one], [two]], async ([first, second]) => {
    await newAt(first, second);
    await newAt(second, first);
    for (const running of [first, second]) {
      await knowsEverybody(running);
      await letsEverybodyIn(running);
    }
  });
  await onePersonEach();
});

it('finds nothing by the old key afterwards', async () => {
  const rotation = new KeyRotation(new Transactions(database.dataSource), {
    dataKeys: [two],
    indexKeys: [two],
  });
  await rotation.reindex();
  const old = new BlindIndex([one]);
  const { nik, kk, phone } = people[0]!.complaint.applicant;
  const [row] = await database.transactions.query<Record<string, string>>(
    `select (select count(*) from person where nik_a is not null or nik_b is null) as persons,
       (select count(*) from person where ? in (nik_a, nik_b)) as nik,
       (select count(*) from statement where kk_key = ?) as kk,
       (select count(*) from statement where phone_key = ?) as phone,
       (select count(*) from officer where email_key in (?)) as email`,
    [
      old.digest('person.nik', nik),
      old.digest('statement.kk', kk),
      old.digest('statement.phone', phone),
      addresses.map((address) => old.digest('officer.email', address)),
    ],
  );
  expect(Object.values(row!).map(Number)).toEqual([0, 0, 0, 0, 0]);
  await sideBySide([[two], [two]], async ([running]) => {
    await knowsEverybody(running);
    await letsEverybodyIn(running);
  });
});
