import type { WorkKindName } from '../testing/work-kind-name';
import { WebhookSender } from '@sinkron/webhooks';
import { eventEntities } from '@sinkron/events';
import { webhookEntities, WebhooksModule } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { Test, type TestingModule } from '@nestjs/testing';
import { DeadlineChecks } from '../deadline-checks';
import { Evidence, resyncEntities } from '../evidence';
import { ResyncModule } from '../resync.module';
import { ContestReadings } from '../verification/contest-readings';
import { Diagnosis } from '../verification/diagnosis';
import { Verifications } from '../verification/verifications';
import { pushStateOf } from './push-state';
import { Pushes } from './pushes';
import { accountEntities, type OfficerActor } from '@sinkron/accounts';
import { DatabaseModule, fromBinary, newId, toBinary } from '@sinkron/database';
import { escalationEntities, Handoffs, Ladder } from '@sinkron/escalation';
import { syntheticKk, syntheticPeople, type SyntheticPerson } from '@sinkron/identity';
import { lagEntities, LagEstimates } from '@sinkron/lag';
import { MessageSender, messagingEntities } from '@sinkron/messaging';
import { predictions, registryCalls } from '@sinkron/observability';
import { OfficeDirectory, Scope } from '@sinkron/offices';
import {
  type Claim,
  JobRunner,
  QueueModule,
  StaleLease,
  Dispatcher,
  workEntities,
  WorkTable,
} from '@sinkron/queue';
import { type RegistryMock, startRegistryMock, testDatabase, type TestDatabase } from '@sinkron/testing';
import {
  type Complaint,
  complaintSchema,
  Corrections,
  Intake,
  Moves,
  ticketEntities,
} from '@sinkron/tickets';
import { pino } from 'pino';

const people = syntheticPeople(20261122)[Symbol.iterator]();
const minute = 60_000;
const hour = 60 * minute;

let db: TestDatabase;
let mock: RegistryMock;
let app: TestingModule;
let kudus: OfficerActor;
let clock: Date;

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
  db = await testDatabase({ entities, poolSize: 1 });
  mock = await startRegistryMock(db.config.databaseUrl);
  const config = {
    ...db.config,
    databasePool: 1,
    redisUrl: 'redis://127.0.0.1:1',
    registry: {
      ...db.config.registry,
      url: mock.url,
      hours: { from: '08:00', to: '16:00' },
      dailyQuota: 100,
    },
    durations: { ...db.config.durations, registryTimeout: 1_500 },
  };
  app = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot(config, entities),
      ConfigModule.forRoot(config, pino({ level: 'silent' })),
      QueueModule,
      ResyncModule,
      WebhooksModule,
    ],
  }).compile();
  await app.init();
  kudus = await office();
});
afterAll(async () => {
  await app.close();
  await mock.stop();
  await db.dataSource.query(
    `drop database if exists \`${new URL(db.config.databaseUrl).pathname.slice(1)}_centre\``,
  );
  await db.close();
});

beforeEach(async () => {
  await mock.admin('POST', '/admin/reset');
  await mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
  await mock.admin('PUT', '/admin/take-rate', { share: 1 });
  for (const table of ['work', 'gate', 'ticket', 'person', 'escalation', 'push', 'lag_estimate']) {
    await sql(`delete from ${table}`);
  }
  app.get(LagEstimates).forget();
  await setClock(new Date('2026-11-22T02:00:00Z'));
});

it('begins a new clock with the first accepted push, whatever held up the one before', async () => {
  const { id } = await complain(await residentWithOldKk());
  await sql(`update ticket set held_by = 'centre_not_taking', due_at = utc_timestamp(3) where id = ?`, [
    toBinary(id),
  ]);
  await work('push');
  expect(await ticket(id)).toMatchObject({ held_by: null, waits_for: 'waiting_for_resync' });
});

it('proves before and after: mismatch, push, match, resolved with its real duration (R7, R8)', async () => {
  const { code, id } = await complain(await residentWithOldKk());
  await work('push');
  expect(await ticket(id)).toMatchObject({
    status: 'syncing',
    push: 'accepted',
    verification: 'mismatch',
    pushes: 1,
  });
  await forward(5 * minute);
  await work('verify');
  expect(await ticket(id)).toMatchObject({
    code,
    status: 'resolved',
    outcome: 'synchronised',
    open_marker: null,
  });
  const { readings, pushes } = await app.get(Evidence).ofTicket(id);
  expect(readings.map(({ moment, verdicts }) => [moment, verdicts.kk])).toEqual([
    ['before', false],
    ['after', true],
  ]);
  expect(pushes).toHaveLength(1);
  const [resolved] = await sql(`select data from history where kind = 'resolved' and ticket_id = ?`, [
    toBinary(id),
  ]);
  expect(JSON.parse(String(resolved?.data))).toMatchObject({ seconds: 300 });
  expect(await sql('select kind from work')).toEqual([]);
});

it('resolves without a push when everything matches at once', async () => {
  const person = next();
  await mock.admin('POST', '/admin/residents', { residents: [{ ...person, state: 'active' }] });
  const { id } = await complain(person);
  await work('push');
  expect(await ticket(id)).toMatchObject({ status: 'resolved', outcome: 'already_in_step', pushes: 0 });
  expect(await ledger()).toEqual([]);
});

it('is syncing at 23:59 and overdue at 24:00, with an escalation (R7)', async () => {
  await mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  const { id } = await complain(await residentWithOldKk());
  await work('push');
  await forward(24 * hour - minute);
  await work('deadline');
  expect(await ticket(id)).toMatchObject({ status: 'syncing', overdue: 0 });
  await forward(minute);
  await work('deadline');
  expect(await ticket(id)).toMatchObject({ status: 'overdue', overdue: 1, urgent: 1 });
  expect(await sql('select reason, state from escalation')).toEqual([{ reason: 'overdue', state: 'open' }]);
  await mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
});

it('pushes at most three times what the centre calls applied but does not take, then asks an officer', async () => {
  await mock.admin('PUT', '/admin/take-rate', { share: 0 });
  const { id } = await complain(await residentWithOldKk());
  for (let push = 1; push <= 3; push++) {
    await work('push');
    await forward(5 * minute);
    await work('verify');
    await forward(10 * minute);
    await work('verify');
  }
  expect(await ticket(id)).toMatchObject({ status: 'in_review', reason: 'pushes_used_up', pushes: 3 });
  expect(await ledger()).toHaveLength(3);
  expect(await sql('select kind from work order by kind')).toEqual([
    { kind: 'deadline' },
    { kind: 'verify' },
  ]);
});

it.each([
  ['deceased', 'deceased'],
  ['duplicate', 'duplicate_data'],
  ['inactive', 'inactive'],
])('puts a record that the centre calls %s before an officer, unpushed', async (state, reason) => {
  const person = next();
  await mock.admin('POST', '/admin/residents', { residents: [{ ...person, state }] });
  const { id } = await complain(person);
  await work('push');
  expect(await ticket(id)).toMatchObject({ status: 'in_review', reason });
  expect(await ledger()).toEqual([]);
});

it('pushes a NIK that the centre does not know (code 13)', async () => {
  const { id } = await complain(next());
  await work('push');
  await forward(5 * minute);
  await work('verify');
  expect(await ticket(id)).toMatchObject({ status: 'resolved' });
});

it.each([
  [{ status500Share: 1 }, 'server_error'],
  [{ status429Share: 1 }, 'too_many_requests'],
  [{ resetShare: 1 }, 'connection_lost'],
  [{ hangShare: 1 }, 'time_out'],
  [{ garbageShare: 1 }, 'nonsense'],
])('waits with a reason when the centre answers with %j, at no cost to the case', async (faults, reason) => {
  const { id } = await complain(await residentWithOldKk());
  await mock.admin('PUT', '/admin/faults', faults);
  await work('push');
  expect(await ticket(id)).toMatchObject({ status: 'received', reason });
  expect(
    await sql(`select reason, attempts, due_at > utc_timestamp(3) as later from work where kind = 'push'`),
  ).toEqual([{ reason, attempts: 0, later: 1 }]);
  await mock.admin('PUT', '/admin/faults', {});
  await forward(hour);
  await work('push');
  expect(await ticket(id)).toMatchObject({ status: 'syncing', reason: null });
});

it('sends a push whose answer was lost again under its own key: one row in the ledger (R6)', async () => {
  const { id } = await complain(await residentWithOldKk());
  await sql(`update ticket set verification = 'mismatch', disputed = '["kk"]'`);
  await mock.admin('PUT', '/admin/faults', { loseAnswerShare: 1 });
  await work('push');
  await mock.admin('PUT', '/admin/faults', {});
  await forward(hour);
  await work('push');
  expect(await ticket(id)).toMatchObject({ status: 'syncing', pushes: 1 });
  expect(await ledger()).toHaveLength(1);
});

it('stops the queue until 00:00 WIB when the quota is used up, and tells operations once when we are rejected', async () => {
  await complain(await residentWithOldKk());
  await mock.admin('PUT', '/admin/verification', { answerCode: '05' });
  await work('push');
  const [gate] = await sql('select reason, closed_until from gate');
  expect(gate).toEqual({ reason: 'quota_used_up', closed_until: new Date('2026-11-22T17:00:00Z') });
  await sql('delete from gate');
  await mock.admin('PUT', '/admin/verification', { answerCode: '03' });
  await forward(24 * hour);
  await work('push');
  await forward(hour);
  await work('push');
  expect(await sql(`select incident, detail from escalation where incident is not null`)).toEqual([
    { incident: 'centre_rejects_us', detail: '{"code":"03"}' },
  ]);
  await mock.admin('PUT', '/admin/verification', {});
});

it.each(['03', '04', '09', '10', '16', '17'])(
  'stops and tells operations once, whatever the number of cases, when the centre says %s',
  async (code) => {
    await mock.admin('PUT', '/admin/verification', { answerCode: code });
    for (let round = 0; round < 2; round++) {
      await complain(await residentWithOldKk());
      await work('push');
      await forward(hour);
    }
    expect(await sql('select reason from gate')).toEqual([{ reason: 'configuration' }]);
    expect(await sql('select incident, detail from escalation')).toEqual([
      { incident: 'centre_rejects_us', detail: JSON.stringify({ code }) },
    ]);
    const rows = await sql(`select distinct reason, attempts from work where kind = 'push'`);
    expect(rows).toContainEqual({ reason: 'configuration', attempts: 0 });
    expect(rows.every(({ attempts }) => attempts === 0)).toBe(true);
    await mock.admin('PUT', '/admin/verification', {});
    await forward(hour);
    await work('push');
    expect(await sql('select * from gate')).toEqual([]);
    expect(await sql('select state, outcome from escalation')).toEqual([
      { state: 'resolved', outcome: 'recovered' },
    ]);
  },
);

it('waits after code 05 until 00:00 WIB at no cost to the case, and one probe finds the new day', async () => {
  for (let made = 0; made < 3; made++) await complain(await residentWithOldKk());
  await mock.admin('PUT', '/admin/verification', { answerCode: '05' });
  await work('push');
  const midnight = new Date('2026-11-22T17:00:00Z');
  const rows = await sql(`select due_at, attempts, reason from work where kind = 'push'`);
  for (const row of rows) {
    expect(row).toMatchObject({ attempts: 0, reason: 'quota_used_up' });
    expect((row.due_at as Date) >= midnight).toBe(true);
  }
  await mock.admin('PUT', '/admin/verification', {});
  await setClock(new Date('2026-11-22T17:01:00Z'));
  await work('push');
  expect(await ledger()).toHaveLength(1);
  await work('push');
  expect(await ledger()).toHaveLength(3);
});

it.each([
  ['2026-11-22T15:00:00Z', '2026-11-23T01:00:00Z', 'until the hours begin'],
  ['2026-11-22T02:00:00Z', '2026-11-22T02:30:00Z', 'a while, when by its known hours it is open'],
])('waits after code 06 at %s until %s: %s', async (at, until) => {
  await setClock(new Date(at));
  await complain(await residentWithOldKk());
  await mock.admin('PUT', '/admin/verification', { answerCode: '06' });
  await work('push');
  await mock.admin('PUT', '/admin/verification', {});
  expect(await sql('select reason, closed_until from gate')).toEqual([
    { reason: 'outside_hours', closed_until: new Date(until) },
  ]);
});

it('puts a case before an officer, and tells operations once, when our request itself is wrong (07)', async () => {
  const cases = [await complain(await residentWithOldKk()), await complain(await residentWithOldKk())];
  await mock.admin('PUT', '/admin/verification', { answerCode: '07' });
  await work('push');
  await mock.admin('PUT', '/admin/verification', {});
  for (const { id } of cases)
    expect(await ticket(id)).toMatchObject({ status: 'in_review', reason: 'parameters_invalid' });
  expect(await sql('select incident, detail from escalation')).toEqual([
    { incident: 'request_invalid', detail: '{"code":"07"}' },
  ]);
  expect(await sql('select * from gate')).toEqual([]);
});

it.each([
  ['08', 'cannot_be_processed'],
  ['11', 'deceased'],
  ['12', 'duplicate_data'],
  ['14', 'inactive'],
  ['15', 'nik_format'],
])(
  'puts a case that the centre answers with %s before an officer, also after its push',
  async (code, reason) => {
    const before = await complain(await residentWithOldKk());
    await mock.admin('PUT', '/admin/verification', { answerCode: code });
    await work('push');
    expect(await ticket(before.id)).toMatchObject({ status: 'in_review', reason, pushes: 0 });
    await mock.admin('PUT', '/admin/verification', {});
    const after = await complain(await residentWithOldKk());
    await work('push');
    await mock.admin('PUT', '/admin/verification', { answerCode: code });
    await forward(5 * minute);
    await work('verify');
    await mock.admin('PUT', '/admin/verification', {});
    expect(await ticket(after.id)).toMatchObject({ status: 'in_review', reason, pushes: 1 });
  },
);

it('reads again after code 13 until the deadline, and then a person knows', async () => {
  await mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  const { id } = await complain(next());
  await work('push');
  await mock.admin('PUT', '/admin/verification', { answerCode: '13' });
  for (let read = 0; read < 4; read++) {
    await forward(hour);
    await work('verify');
  }
  expect(await ticket(id)).toMatchObject({ status: 'syncing', pushes: 1 });
  const readings = await sql('select code from reading where ticket_id = ?', [toBinary(id)]);
  expect(readings.map(({ code }) => code)).toEqual(['13', '13', '13', '13', '13']);
  await forward(20 * hour);
  await work('deadline');
  await mock.admin('PUT', '/admin/verification', {});
  expect(await ticket(id)).toMatchObject({ status: 'overdue' });
  expect(await sql('select reason from escalation')).toEqual([{ reason: 'overdue' }]);
});

it('keeps the last of the quota for hand-overs and urgent cases', async () => {
  const regular = await complain(await residentWithOldKk());
  const urgent = await complain(await residentWithOldKk(), { deadlineAt: '2026-11-22T16:59:00Z' });
  await mock.admin('PUT', '/admin/verification', { quotaPerDay: 9 });
  await work('push');
  await forward(5 * minute);
  await work('verify');
  expect(await ticket(urgent.id)).toMatchObject({ status: 'resolved' });
  expect(await ticket(regular.id)).toMatchObject({ status: 'syncing', reason: 'quota_kept' });
  await mock.admin('PUT', '/admin/verification', {});
});

it('tells a person once, not once for every case, when the centre takes nothing for two hours', async () => {
  await mock.admin('PUT', '/admin/faults', { status503Share: 1 });
  const cases = [await complain(await residentWithOldKk()), await complain(await residentWithOldKk())];
  await work('push');
  await forward(2 * hour);
  await work('deadline');
  expect(await sql('select incident, state from escalation')).toEqual([
    { incident: 'centre_not_taking', state: 'open' },
  ]);
  await forward(24 * hour);
  await work('deadline');
  for (const { id } of cases) expect(await ticket(id)).toMatchObject({ status: 'overdue' });
  expect(await sql('select incident from escalation')).toHaveLength(1);
  await mock.admin('PUT', '/admin/faults', {});
  await forward(hour);
  await work('push');
  await work('deadline');
  expect(await sql(`select state, outcome from escalation where incident = 'centre_not_taking'`)).toEqual([
    { state: 'resolved', outcome: 'recovered' },
  ]);
  // The centre works, and these two are late all the same: now each speaks for itself.
  expect(await sql('select reason from escalation where ticket_id is not null')).toHaveLength(2);
});

it('tells a person once when the centre took the pushes and then answers nobody', async () => {
  await mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  const cases = [await complain(await residentWithOldKk()), await complain(await residentWithOldKk())];
  await work('push');
  await mock.admin('PUT', '/admin/faults', { status503Share: 1 });
  await forward(24 * hour);
  await work('verify');
  await work('deadline');
  for (const { id } of cases) expect(await ticket(id)).toMatchObject({ status: 'overdue' });
  expect(await sql('select incident, state from escalation')).toEqual([
    { incident: 'centre_not_answering', state: 'open' },
  ]);
  await mock.admin('PUT', '/admin/faults', {});
  await forward(hour);
  await work('verify');
  await work('deadline');
  expect(await sql('select reason from escalation where ticket_id is not null')).toHaveLength(2);
  expect(await sql(`select outcome from escalation where incident is not null`)).toEqual([
    { outcome: 'recovered' },
  ]);
  await mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
});

it('makes a case urgent when its own deadline falls before dueAt, in the transaction of the 201', async () => {
  const { id } = await complain(await residentWithOldKk(), { deadlineAt: '2026-11-22T16:59:00Z' });
  expect(await ticket(id)).toMatchObject({ urgent: 1 });
  expect(await sql('select reason from escalation')).toEqual([{ reason: 'deadline_before_due' }]);
  expect(await sql(`select lane from work where kind = 'push'`)).toEqual([{ lane: 'urgent' }]);
});

describe('at the wish of the person concerned (UU PDP 27/2022 art. 41)', () => {
  /** The case is suspended when a worker has the job in hand already, and before it has begun. */
  async function suspendedInHand(code: string, kind: 'push' | 'verify'): Promise<void> {
    const [row] = await sql(
      `select id, lease_no from work where kind = ? and subject_id = (select id from ticket where code = ?)`,
      [kind, code],
    );
    const ring = { kind, id: fromBinary(row!.id as Buffer), leaseNo: Number(row!.lease_no) };
    const claim = (await app.get(WorkTable).claim(ring))!;
    await app.get(Moves).suspend(kudus, code, { reason: 'subject_request' });
    const handler = kind === 'push' ? app.get(Pushes) : app.get(Verifications);
    await expect(handler.perform(claim)).rejects.toThrow(StaleLease);
  }

  async function calls(): Promise<number> {
    const { values } = await registryCalls.get();
    return values.reduce((sum, { value }) => sum + value, 0);
  }

  it.each(['push', 'verify'] as const)('asks the centre nothing more once a %s is in hand', async (kind) => {
    const { code } = await complain(await residentWithOldKk());
    if (kind === 'verify') await work('push');
    const before = await calls();
    await suspendedInHand(code, kind);
    expect(await calls()).toBe(before);
  });

  it('does not send a push that was composed already', async () => {
    const { code, id } = await complain(await residentWithOldKk());
    await sql(`update ticket set verification = 'mismatch', disputed = '["kk"]' where code = ?`, [code]);
    await sql(
      `insert into push (id, ticket_id, round, push_no, statement_id, composed_at)
       select ?, id, round, 1, statement_id, utc_timestamp(3) from ticket where id = ?`,
      [toBinary(newId()), toBinary(id)],
    );
    await suspendedInHand(code, 'push');
    expect(await ledger()).toEqual([]);
  });

  it('is not lifted by a repeat, nor by a correction, nor does its time make it due', async () => {
    const person = await residentWithOldKk();
    const { code, id } = await complain(person);
    await app.get(Moves).suspend(kudus, code, { reason: 'subject_request' });
    await complain(person, { urgent: { reason: 'Tutup malam ini.' } });
    await app.get(Corrections).correct(kudus, code, { applicant: { birthPlace: 'Jepara' } });
    await forward(48 * hour);
    await work('push');
    await work('deadline');
    expect(await ticket(id)).toMatchObject({
      state: 'suspended',
      status: 'suspended',
      reason: 'subject_request',
    });
    expect(await ledger()).toEqual([]);
    expect(await sql(`select lane from work where kind = 'push'`)).toEqual([{ lane: 'held' }]);
  });
});

it('stops the clock and the work while suspended, and goes on where it stood (R17)', async () => {
  const { code, id } = await complain(await residentWithOldKk());
  const before = await ticket(id);
  await app.get(Moves).suspend(kudus, code, { reason: 'requirements_unmet' });
  await forward(3 * hour);
  await work('push');
  expect(await ticket(id)).toMatchObject({ status: 'awaiting_documents', pushes: 0 });
  await app.get(Moves).resume(kudus, code, {});
  const after = await ticket(id);
  expect((after.due_at as Date).getTime() - (before.due_at as Date).getTime()).toBe(3 * hour);
  await work('push');
  expect(await ticket(id)).toMatchObject({ status: 'syncing' });
});

it('hands a correction over anew, as a revision of its own, and keeps dueAt', async () => {
  const person = await residentWithOldKk();
  const { code, id } = await complain({
    ...person,
    noKk: syntheticKk({ regency: '3319', recordedOn: '2026-01-05', serial: 4711 }),
  });
  await work('push');
  const { due_at: dueAt } = await ticket(id);
  await app.get(Corrections).correct(kudus, code, { applicant: { kk: person.noKk } });
  expect(await ticket(id)).toMatchObject({ verification: 'unread', due_at: dueAt });
  await forward(minute);
  await work('push');
  await forward(5 * minute);
  await work('verify');
  expect(await ticket(id)).toMatchObject({ status: 'resolved', due_at: dueAt });
  const applied = (await ledger()) as { noKk: string }[];
  expect(applied.at(-1)?.noKk).toBe(person.noKk);
});

it('pushes nothing for a case that is cancelled while the centre is being read', async () => {
  const { code, id } = await complain(await residentWithOldKk());
  await mock.admin('PUT', '/admin/faults', { latencyMs: 800 });
  const job = work('push');
  await claimed('push');
  await app.get(Moves).cancel(kudus, code, {});
  await job;
  await mock.admin('PUT', '/admin/faults', {});
  expect(await ticket(id)).toMatchObject({ status: 'cancelled', verification: 'unread' });
  expect(await ledger()).toEqual([]);
});

it('pushes under a new key after a push that the centre would not even take', async () => {
  const { code, id } = await complain(await residentWithOldKk());
  // An office that nobody knows has no code, and without one the centre takes nothing.
  await sql('update ticket set office_id = ?', [toBinary(newId())]);
  await work('push');
  expect(await ticket(id)).toMatchObject({ status: 'in_review', push: 'refused' });
  await sql('update ticket set office_id = ?', [toBinary(kudus.office.id)]);
  await app.get(Moves).repush(kudus, code, {});
  await forward(minute);
  await work('push');
  const { pushes } = await app.get(Evidence).ofTicket(id);
  expect(pushes.map(pushStateOf)).toEqual(['refused', 'accepted']);
});

it('follows the latest push, also when an earlier one has an id from a clock that ran ahead', async () => {
  await mock.admin('PUT', '/admin/take-rate', { share: 0 });
  const { id } = await complain(await residentWithOldKk());
  await work('push');
  await sql(`update push set id = unhex(concat('ff', substr(hex(id), 3)))`);
  await forward(5 * minute);
  await work('verify');
  await forward(10 * minute);
  await work('verify');
  await mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  await work('push');
  await forward(5 * minute);
  await work('verify');
  // The second push is still queued at the centre: silence is lag, so there is no third.
  expect(await ticket(id)).toMatchObject({ status: 'syncing', pushes: 2 });
  expect(await sql('select kind from work order by kind')).toEqual([
    { kind: 'deadline' },
    { kind: 'verify' },
  ]);
  const { pushes } = await app.get(Evidence).ofTicket(id);
  expect(pushes.map(({ pushNo }) => pushNo)).toEqual([1, 2]);
});

it('tells of a late case that an officer must look at, also while an incident stands for the others', async () => {
  const person = next();
  await mock.admin('POST', '/admin/residents', { residents: [{ ...person, state: 'deceased' }] });
  const { id } = await complain(person);
  await work('push');
  await mock.admin('PUT', '/admin/faults', { status503Share: 1 });
  await complain(await residentWithOldKk());
  await work('push');
  await forward(2 * hour);
  await work('deadline');
  await forward(24 * hour);
  await work('deadline');
  await mock.admin('PUT', '/admin/faults', {});
  expect(await sql('select ticket_id, incident from escalation order by incident')).toEqual([
    { ticket_id: toBinary(id), incident: null },
    { ticket_id: null, incident: 'centre_not_taking' },
  ]);
});

it('tells a person at the deadline although the values of the case cannot be opened', async () => {
  const { id } = await complain(await residentWithOldKk());
  await sql(`update statement set sealed = 'x'`);
  await forward(26 * hour);
  await work('deadline');
  expect(await ticket(id)).toMatchObject({ status: 'overdue' });
  expect(await sql('select reason from escalation')).toEqual([{ reason: 'overdue' }]);
});

it('makes a case urgent when a suspension moves dueAt past its own deadline', async () => {
  const { code, id } = await complain(await residentWithOldKk(), { deadlineAt: '2026-11-23T05:00:00Z' });
  await app.get(Moves).suspend(kudus, code, { reason: 'requirements_unmet' });
  await forward(3 * hour);
  await app.get(Moves).resume(kudus, code, {});
  expect(await ticket(id)).toMatchObject({ urgent: 1 });
  expect(await sql('select reason from escalation')).toEqual([{ reason: 'deadline_before_due' }]);
  expect(await sql(`select lane from work where kind = 'push'`)).toEqual([{ lane: 'urgent' }]);
});

it('reads where a match has become likely, and keeps what was predicted and what became of it', async () => {
  await mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
  // Nobody matches within the first hour, and everybody within the five after it.
  await sql(
    `insert into lag_estimate (region, computed_at, events, censored, pushes, curve)
     values ('nation', utc_timestamp(3), 30, 0, 0, '[[3600000,1],[21600000,0]]')`,
  );
  const { id } = await complain(await residentWithOldKk());
  const pushedAt = clock.getTime();
  await work('push');
  const due = async () => {
    const [row] = await sql(`select due_at from work where kind = 'verify'`);
    return (new Date(row?.due_at as Date).getTime() - pushedAt) / minute;
  };
  // A tenth of the cases have matched after 1 h + a tenth of 5 h.
  expect(await due()).toBeCloseTo(90);
  const [push] = (await app.get(Evidence).ofTicket(id)).pushes;
  const after = (instant: Date | null | undefined) => ((instant?.getTime() ?? 0) - pushedAt) / minute;
  expect([push?.predictedFrom, push?.predictedTo, push?.predictedBy90].map(after)).toEqual([135, 285, 330]);
  expect(push).toMatchObject({ region: '33', mismatchedAt: null, provedAt: null });

  const counted = await countedPredictions();
  await forward(90 * minute);
  await work('verify');
  const [proved] = (await app.get(Evidence).ofTicket(id)).pushes;
  expect(after(proved?.provedAt)).toBe(90);
  // The match lies half-way between the acceptance and the reading: before the range, and before nine of ten.
  const more = (await countedPredictions()).map((value, index) => value - counted[index]!);
  expect(more).toEqual([0, 1, 1, 0]);
});

it('tells what does not match before anything is queued', async () => {
  const person = await residentWithOldKk();
  const { nik, noKk: kk, name, birthDate } = person;
  const result = await app.get(Diagnosis).diagnose({ nik, kk, name, birthDate });
  expect(result).toMatchObject({
    verdicts: { nik: 'match', kk: 'mismatch', name: 'match', birthDate: 'match' },
    cause: 'kk_changed_not_synced',
  });
});

/** Inside and outside of the range of half of the cases, then the same for nine of ten. */
async function countedPredictions(): Promise<number[]> {
  const values = (await predictions.get()).values;
  return ['50', '90'].flatMap((range) =>
    ['inside', 'outside'].map(
      (result) => values.find(({ labels }) => labels.range === range && labels.result === result)?.value ?? 0,
    ),
  );
}

function next(): SyntheticPerson {
  return people.next().value;
}

/** A resident whom the centre still knows under another family card. */
async function residentWithOldKk(): Promise<SyntheticPerson> {
  const person = next();
  const noKk = syntheticKk({ regency: '3319', recordedOn: '2015-03-02', serial: 77 });
  await mock.admin('POST', '/admin/residents', { residents: [{ ...person, noKk, state: 'active' }] });
  return person;
}

async function complain(person: SyntheticPerson, more: object = {}): Promise<{ code: string; id: string }> {
  const { nik, noKk: kk, name, birthDate, sex } = person;
  const body = {
    service: 'nik_kk_sync',
    cause: 'kk_changed_not_synced',
    channel: 'counter',
    applicant: { nik, kk, name, birthDate, sex },
    ...more,
  };
  const complaint: Complaint = complaintSchema.parse(body);
  const { code } = await app.get(Intake).take(kudus, complaint, null);
  const [row] = await sql(`select hex(id) as id from ticket where code = ?`, [code]);
  return {
    code,
    id: String(row?.id)
      .toLowerCase()
      .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
  };
}

/** Does everything of a kind that is due, as the worker would: by offers, claims and handlers. */
async function work(kind: WorkKindName): Promise<void> {
  const handlers: Record<WorkKindName, (claim: Claim) => Promise<void>> = {
    push: (claim) => app.get(Pushes).perform(claim),
    verify: (claim) => app.get(Verifications).perform(claim),
    contest: (claim) => app.get(ContestReadings).perform(claim),
    deadline: (claim) => app.get(DeadlineChecks).perform(claim),
    confirmation: (claim) => app.get(Handoffs).confirmationLate(claim),
    ladder: (claim) => app.get(Ladder).perform(claim),
    delivery: (claim) => app.get(MessageSender).perform(claim),
    webhook: (claim) => app.get(WebhookSender).perform(claim),
  };
  await sql('update work set leased_until = null');
  await app.get(Dispatcher).dispatch();
  const rows = await sql(
    'select hex(id) as id, lease_no from work where kind = ? and leased_until is not null',
    [kind],
  );
  for (const row of rows) {
    const id = String(row.id)
      .toLowerCase()
      .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
    const ring = { kind, id, leaseNo: Number(row.lease_no), correlationId: 'resync-test' };
    await app.get(JobRunner).run(ring, handlers[kind]);
  }
}

/** Waits until a worker has the row and is asking the centre. */
async function claimed(kind: WorkKindName): Promise<void> {
  for (let look = 0; look < 100; look++) {
    const rows = await sql('select 1 from work where kind = ? and lease_no > 1', [kind]);
    if (rows.length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}

async function ticket(id: string): Promise<Record<string, unknown>> {
  const [row] = await sql('select * from ticket where id = ?', [toBinary(id)]);
  return row ?? {};
}

async function ledger(): Promise<unknown[]> {
  return ((await mock.admin('GET', '/admin/ledger?limit=100')) as { items: unknown[] }).items;
}

/** Everything goes over the module's only connection, whose clock the test moves. */
async function sql(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  const { DataSource } = await import('typeorm');
  return app.get(DataSource).query(statement, parameters);
}

async function setClock(instant: Date): Promise<void> {
  clock = instant;
  await sql(`set session timestamp = ${instant.getTime() / 1000}`);
}

function forward(milliseconds: number): Promise<void> {
  return setClock(new Date(clock.getTime() + milliseconds));
}

async function office(): Promise<OfficerActor> {
  const id = newId();
  await sql(
    `insert into office (id, code, name, level, parent_id, zone, created_at)
     values (?, '3319', 'Disdukcapil Kudus', 'office', null, 'Asia/Jakarta', utc_timestamp(3))`,
    [toBinary(id)],
  );
  const tree = await app.get(OfficeDirectory).tree();
  const found = tree.find(id);
  if (!found) throw new Error('The office was not stored');
  return {
    kind: 'officer',
    officerId: newId(),
    sessionId: newId(),
    role: 'officer',
    office: found,
    scope: new Scope([id], false),
  };
}
