import { eventEntities } from '@sinkron/events';
import { webhookEntities } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { Test, type TestingModule } from '@nestjs/testing';
import { resyncEntities } from '../evidence';
import { ResyncModule } from '../resync.module';
import { Pushes } from './pushes';
import { accountEntities, type OfficerActor } from '@sinkron/accounts';
import { DatabaseModule, fromBinary, newId, toBinary, Transactions } from '@sinkron/database';
import { escalationEntities } from '@sinkron/escalation';
import { syntheticPeople } from '@sinkron/identity';
import { lagEntities } from '@sinkron/lag';
import { messagingEntities } from '@sinkron/messaging';
import { OfficeDirectory, Scope } from '@sinkron/offices';
import { JobRunner, QueueModule, REDIS, Dispatcher, workEntities } from '@sinkron/queue';
import { type RegistryMock, startRegistryMock, testDatabase, type TestDatabase } from '@sinkron/testing';
import { complaintSchema, Intake, ticketEntities } from '@sinkron/tickets';
import type { Redis } from 'ioredis';
import { pino } from 'pino';

const cases = 25;
/** Far less than two workers could do, so that it is the rate that is seen and not their speed. */
const rate = { rate: 8, burst: 4 };

let db: TestDatabase;
let mock: RegistryMock;
let workers: TestingModule[];

beforeAll(async () => {
  const entities = [
    ...officeEntities,
    ...auditEntities,
    ...accountEntities,
    ...workEntities,
    ...eventEntities,
    ...messagingEntities,
    ...webhookEntities,
    ...ticketEntities,
    ...lagEntities,
    ...resyncEntities,
    ...escalationEntities,
  ];
  // Rows that get no turn come back within the test.
  const durations = { tokenWait: 1_000, sweep: 50, backOff: { least: 50, most: 200 } };
  db = await testDatabase({ entities, durations });
  mock = await startRegistryMock(db.config.databaseUrl);
  const registry = { ...db.config.registry, url: mock.url, ...rate };
  const worker = async () => {
    const built = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ ...db.config, registry }, entities),
        ConfigModule.forRoot({ ...db.config, registry }, pino({ level: 'silent' })),
        QueueModule,
        ResyncModule,
      ],
    }).compile();
    return built.init();
  };
  workers = [await worker(), await worker()];
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await mock.stop();
  await db.dataSource.query(
    `drop database if exists \`${new URL(db.config.databaseUrl).pathname.slice(1)}_centre\``,
  );
  await db.close();
});

it('drains what an outage has left at no more than the rate, by two workers, each case once', async () => {
  // Else each worker would keep to its own part of the rate, and the shared one would not be shown.
  for (const worker of workers) expect(worker.get<Redis>(REDIS).status).toBe('ready');
  await complaints();
  // As an outage leaves them: all were tried, all are due at once, and the gate has just run out.
  await db.dataSource.query(`update work set leased_until = null, reason = 'time_out' where kind = 'push'`);
  await db.dataSource.query(
    `insert into gate (name, reason, closed_until, failures) values ('registry', 'time_out', utc_timestamp(3), 9)`,
  );
  const began = performance.now();
  await Promise.all(workers.map(drain));
  const seconds = (performance.now() - began) / 1000;
  const items = await ledger();
  expect(new Set(items.map(({ nik }) => nik)).size).toBe(cases);
  expect(items).toHaveLength(cases);
  // A reading and a push for each case: neither of the two workers could go faster than both together may.
  expect(seconds).toBeGreaterThan((2 * cases - rate.burst) / rate.rate - 0.2);
  const pushed = items.map(({ receivedAt }) => Date.parse(receivedAt));
  const inOneSecond = pushed.map((from) => pushed.filter((at) => at >= from && at < from + 1000).length);
  expect(Math.max(...inOneSecond)).toBeLessThanOrEqual(rate.rate + rate.burst);
  expect(await db.dataSource.query('select max(attempts) as most from work')).toEqual([{ most: 0 }]);
});

async function complaints(): Promise<void> {
  const id = newId();
  await db.dataSource.query(
    `insert into office (id, code, name, level, parent_id, zone, created_at)
     values (?, '3319', 'Disdukcapil Kudus', 'office', null, 'Asia/Jakarta', utc_timestamp(3))`,
    [toBinary(id)],
  );
  const [worker] = workers as [TestingModule];
  const office = (await worker.get(OfficeDirectory).tree()).find(id);
  if (!office) throw new Error('The office was not stored');
  const by: OfficerActor = {
    kind: 'officer',
    officerId: newId(),
    sessionId: newId(),
    role: 'officer',
    office,
    scope: new Scope([id], false),
  };
  const people = syntheticPeople(20261124)[Symbol.iterator]();
  const takes = Array.from({ length: cases }, () => {
    const { nik, noKk: kk, name, birthDate } = people.next().value;
    const applicant = { nik, kk, name, birthDate };
    const body = { service: 'nik_kk_sync', cause: 'stale_record', channel: 'counter', applicant };
    return worker.get(Intake).take(by, complaintSchema.parse(body), null);
  });
  await Promise.all(takes);
}

/** What a worker does, without BullMQ between: sweeps, and does what was put on offer. */
async function drain(worker: TestingModule): Promise<void> {
  const transactions = worker.get(Transactions);
  for (;;) {
    const left = await transactions.query(`select 1 from work where kind = 'push' limit 1`);
    if (left.length === 0) return;
    await worker.get(Dispatcher).dispatch();
    const offered = await transactions.query<{ id: Buffer; lease_no: number }>(
      // Born leased as 1, offered as 2, claimed as 3: a ring carries the number of an offer, never that of a claim.
      `select id, lease_no from work
       where kind = 'push' and lease_no % 2 = 0 and leased_until > utc_timestamp(3) limit 20`,
    );
    await Promise.all(
      offered.map(({ id, lease_no: leaseNo }) =>
        worker
          .get(JobRunner)
          .run({ kind: 'push', id: fromBinary(id), leaseNo, correlationId: 'drain-test' }, (claim) =>
            worker.get(Pushes).perform(claim),
          ),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function ledger(): Promise<{ nik: string; receivedAt: string }[]> {
  const page = (await mock.admin('GET', '/admin/ledger?limit=1000')) as {
    items: { nik: string; receivedAt: string }[];
  };
  return page.items;
}
