import { eventEntities } from '@sinkron/events';
import { webhookEntities } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { Test, type TestingModule } from '@nestjs/testing';
import { resyncEntities } from '../evidence';
import { Pushes } from '../push/pushes';
import { ResyncModule } from '../resync.module';
import { accountEntities, type OfficerActor } from '@sinkron/accounts';
import { DatabaseModule, newId, toBinary, Transactions } from '@sinkron/database';
import { escalationEntities } from '@sinkron/escalation';
import { syntheticPeople } from '@sinkron/identity';
import { lagEntities } from '@sinkron/lag';
import { messagingEntities } from '@sinkron/messaging';
import { OfficeDirectory, Scope } from '@sinkron/offices';
import { type Claim, JobRunner, QueueModule, Dispatcher, workEntities } from '@sinkron/queue';
import { type RegistryMock, startRegistryMock, testDatabase, type TestDatabase } from '@sinkron/testing';
import { complaintSchema, Intake, ticketEntities } from '@sinkron/tickets';
import { pino } from 'pino';

let db: TestDatabase;
let mock: RegistryMock;
let app: TestingModule;

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
    ...resyncEntities,
    ...lagEntities,
    ...escalationEntities,
  ];
  db = await testDatabase({ entities });
  mock = await startRegistryMock(db.config.databaseUrl);
  const config = {
    ...db.config,
    redisUrl: 'redis://127.0.0.1:1',
    registry: { ...db.config.registry, url: mock.url },
  };
  app = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot(config, entities),
      ConfigModule.forRoot(config, pino({ level: 'silent' })),
      QueueModule,
      ResyncModule,
    ],
  }).compile();
  await app.init();
});
afterAll(async () => {
  await app.close();
  await mock.stop();
  await db.dataSource.query(
    `drop database if exists \`${new URL(db.config.databaseUrl).pathname.slice(1)}_centre\``,
  );
  await db.close();
});

it('keeps a push that the centre took without waiting for other late cases, which are looked at again all the same', async () => {
  await complainTwice();
  // As an outage leaves them: read once, late, spoken for by one incident, and never pushed.
  await sql(
    `update ticket set verification = 'mismatch', disputed = '["kk"]', status = 'overdue', overdue = 1, urgent = 1`,
  );
  await sql(
    `insert into escalation (id, incident, open_marker, state, reason, opened_at, run_no, step_no)
     values (?, 'centre_not_taking', 1, 'open', 'centre_not_taking', utc_timestamp(3), 0, 0)`,
    [toBinary(newId())],
  );
  await sql('update work set leased_until = null');
  await app.get(Dispatcher).dispatch();
  const [mine, other] = await sql(
    `select hex(id) as id, lease_no, subject_id from work where kind = 'push' order by id`,
  );
  let job: Promise<void> | undefined;
  await app.get(Transactions).run(async (transaction) => {
    // The other case is just being pushed too.
    await transaction.query('select 1 from ticket where id = ? for update', [other?.subject_id]);
    await transaction.query(`select 1 from work where kind = 'deadline' and subject_id = ? for update`, [
      other?.subject_id,
    ]);
    job = push(mine ?? {});
    await eventually(async () => {
      expect(await sql('select pushes from ticket where id = ?', [mine?.subject_id])).toEqual([
        { pushes: 1 },
      ]);
    });
  });
  await job;
  expect(await sql('select state from escalation')).toEqual([{ state: 'resolved' }]);
  expect(
    await sql(`select count(*) as n from work where kind = 'deadline' and due_at <= utc_timestamp(3)`),
  ).toEqual([{ n: '2' }]);
});

async function complainTwice(): Promise<void> {
  const officer = await someOfficer();
  const people = syntheticPeople(20261123)[Symbol.iterator]();
  for (let made = 0; made < 2; made++) {
    const { nik, noKk: kk, name, birthDate } = people.next().value;
    const applicant = { nik, kk, name, birthDate };
    const body = { service: 'nik_kk_sync', cause: 'stale_record', channel: 'counter', applicant };
    await app.get(Intake).take(officer, complaintSchema.parse(body), null);
  }
}

async function push(row: Record<string, unknown>): Promise<void> {
  const id = String(row.id)
    .toLowerCase()
    .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  const ring = {
    kind: 'push' as const,
    id,
    leaseNo: Number(row.lease_no),
    correlationId: 'recovery-test',
  };
  await app.get(JobRunner).run(ring, (claim: Claim) => app.get(Pushes).perform(claim));
}

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let left = 30; ; left--) {
    try {
      return await check();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function sql(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  return app.get(Transactions).query(statement, parameters);
}

async function someOfficer(): Promise<OfficerActor> {
  const id = newId();
  await app.get(Transactions).execute(
    `insert into office (id, code, name, level, parent_id, zone, created_at)
     values (?, '3319', 'Disdukcapil Kudus', 'office', null, 'Asia/Jakarta', utc_timestamp(3))`,
    [toBinary(id)],
  );
  const office = (await app.get(OfficeDirectory).tree()).find(id);
  if (!office) throw new Error('The office was not stored');
  return {
    kind: 'officer',
    officerId: newId(),
    sessionId: newId(),
    role: 'officer',
    office,
    scope: new Scope([id], false),
  };
}
