import { eventEntities } from '@sinkron/events';
import { webhookEntities } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { Test, type TestingModule } from '@nestjs/testing';
import { DeadlineChecks } from '../deadline-checks';
import { resyncEntities } from '../evidence';
import { ResyncModule } from '../resync.module';
import { LagRefresh } from './lag-refresh';
import { sampleQuery } from './lag-sample';
import { accountEntities, type OfficerActor } from '@sinkron/accounts';
import { DatabaseModule, newId, toBinary } from '@sinkron/database';
import { escalationEntities } from '@sinkron/escalation';
import { syntheticPeople } from '@sinkron/identity';
import { conditionalQuantile, lagEntities, LagEstimates } from '@sinkron/lag';
import { messagingEntities } from '@sinkron/messaging';
import { lagSeconds } from '@sinkron/observability';
import { OfficeDirectory, Scope } from '@sinkron/offices';
import { JobRunner, QueueModule, Dispatcher, workEntities } from '@sinkron/queue';
import { testDatabase, type TestDatabase } from '@sinkron/testing';
import { complaintSchema, deadlinePage, Intake, ticketEntities } from '@sinkron/tickets';
import { pino } from 'pino';
import { DataSource } from 'typeorm';

const people = syntheticPeople(20261123)[Symbol.iterator]();
const minute = 60_000;
const hour = 60 * minute;
const start = new Date('2026-11-22T02:00:00Z');

let db: TestDatabase;
let app: TestingModule;
let kudus: OfficerActor;

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
  const config = { ...db.config, databasePool: 1, redisUrl: 'redis://127.0.0.1:1' };
  app = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot(config, entities),
      ConfigModule.forRoot(config, pino({ level: 'silent' })),
      QueueModule,
      ResyncModule,
    ],
  }).compile();
  await app.init();
  await setClock(start);
  const nation = await office('id', 'nation', null);
  const centralJava = await office('33', 'province', nation);
  kudus = await officer(await office('3319', 'office', centralJava));
}, 60_000);
afterAll(async () => {
  await app?.close();
  await db.close();
});

beforeEach(async () => {
  for (const table of ['work', 'ticket', 'person', 'escalation', 'push', 'lag_estimate']) {
    await sql(`delete from ${table}`);
  }
  app.get(LagEstimates).forget();
  await setClock(start);
});

describe('the estimate', () => {
  it('learns from proofs and from cases that still wait, of the last 72 hours, by region', async () => {
    await pushes(40, { region: '33', age: 30 * hour, mismatched: 4 * hour, proved: 6 * hour });
    await pushes(40, { region: '33', age: 30 * hour, mismatched: 10 * hour });
    await pushes(60, { region: '35', age: 20 * hour, mismatched: 1 * hour, proved: 3 * hour });
    // Never read since its acceptance, too old, of no region, and not accepted.
    await pushes(5, { region: '33', age: 30 * hour });
    await pushes(50, { region: '33', age: 73 * hour, mismatched: minute, proved: 2 * minute });
    await pushes(7, { region: null, age: hour, mismatched: minute, proved: 2 * minute });
    await app.get(LagRefresh).pass();

    const lags = await app.get(LagEstimates).current();
    const found = lags.estimates.map(({ region, events, censored, pushes }) => [
      region,
      events,
      censored,
      pushes,
    ]);
    expect(found).toEqual([
      ['33', 40, 40, 0],
      ['id', 0, 0, 0],
      ['nation', 107, 40, 67],
    ]);
    const kudusLag = lags.of(kudus.office.id);
    expect(kudusLag).toMatchObject({ basis: 'region', sampleSize: 40 });
    // A match is put half-way between the two readings that it lies between.
    expect(kudusLag?.curve[0]).toEqual([5 * hour, 0.5]);
    const { values } = (await lagSeconds.get()) as { values: { labels: object; value: number }[] };
    const shown = values.map(({ labels, value }) => [labels, Math.round(value / 60)]);
    expect(shown).toContainEqual([{ region: '33', quantile: '0.5' }, 5 * 60]);
  });

  it('falls back to the nation below thirty proofs, and to saying nothing below thirty everywhere', async () => {
    await pushes(29, { region: '33', age: 30 * hour, mismatched: 4 * hour, proved: 6 * hour });
    await app.get(LagRefresh).pass();
    expect((await app.get(LagEstimates).current()).of(kudus.office.id)).toBeNull();
    await pushes(1, { region: '35', age: 30 * hour, mismatched: 4 * hour, proved: 6 * hour });
    await forward(minute);
    await app.get(LagRefresh).pass();
    expect((await app.get(LagEstimates).current()).of(kudus.office.id)).toMatchObject({ basis: 'nation' });
  });

  it('is not made again within the same half minute, nor spoilt by two workers at once', async () => {
    await pushes(30, { region: '33', age: 30 * hour, mismatched: 4 * hour, proved: 6 * hour });
    await Promise.all([app.get(LagRefresh).pass(), app.get(LagRefresh).pass()]);
    await pushes(30, { region: '33', age: 30 * hour, mismatched: 4 * hour, proved: 6 * hour });
    await app.get(LagRefresh).pass();
    expect((await app.get(LagEstimates).current()).of(kudus.office.id)?.sampleSize).toBe(30);
    await forward(31_000);
    await app.get(LagRefresh).pass();
    expect((await app.get(LagEstimates).current()).of(kudus.office.id)?.sampleSize).toBe(60);
  });

  it('takes at most its share from each slice of the window, so that a busy hour does not crowd out the old', async () => {
    await pushes(30, { region: '33', age: 30 * hour, mismatched: 9 * hour, proved: 11 * hour });
    await pushes(300, { region: '33', age: hour, mismatched: 10 * minute, proved: 20 * minute });
    await app.get(LagRefresh).pass();
    const lag = (await app.get(LagEstimates).current()).of(kudus.office.id);
    expect(lag?.sampleSize).toBe(30 + 139);
    expect(conditionalQuantile(lag!.curve, 0, 0.9)).toBeGreaterThan(hour);
  });

  it.each(['33', 'nation'])('walks the index and stops at its share (%s)', async (region) => {
    const { sql: query, parameters } = sampleQuery(region, { from: new Date(0), to: start });
    const plan = await sql(`explain ${query}`, parameters);
    const parts = plan.filter(({ table }) => table === 'push');
    expect(parts).toHaveLength(36);
    for (const part of parts) {
      expect(part).toMatchObject({
        type: 'range',
        key: region === 'nation' ? 'push_accepted' : 'push_region',
      });
      expect(part.Extra).not.toContain('filesort');
    }
  });
});

describe("an applicant's deadline", () => {
  /** Half of the cases match within five hours of their push, all within ten. */
  const known = () =>
    pushes(40, { region: '33', age: 30 * hour, mismatched: 0, proved: 10 * hour, spread: true });

  it('makes urgent what will hardly be done in time, with the figures, and leaves what likely will', async () => {
    await known();
    await app.get(LagRefresh).pass();
    const risky = await complain({ deadlineAt: at(2 * hour) });
    // The released rule would call this urgent: its deadline falls before dueAt.
    const likely = await complain({ deadlineAt: at(20 * hour) });
    expect([await urgent(risky), await urgent(likely)]).toEqual([1, 0]);
    const [told] = await sql('select reason, detail from escalation');
    expect(told?.reason).toBe('unlikely_before_deadline');
    const detail = JSON.parse(String(told?.detail)) as Record<string, unknown>;
    expect(detail).toMatchObject({ sampleSize: 40, basis: 'region' });
    expect(detail.probability).toBeLessThan(0.5);
    const [entry] = await sql(`select data from history where kind = 'urgent' and ticket_id = ?`, [
      toBinary(risky),
    ]);
    expect(JSON.parse(String(entry?.data))).toEqual({ reason: 'unlikely_before_deadline', ...detail });
  });

  it('keeps the released rule while too few cases are known', async () => {
    const id = await complain({ deadlineAt: at(20 * hour) });
    expect(await urgent(id)).toBe(1);
    expect(await sql('select reason from escalation')).toEqual([{ reason: 'deadline_before_due' }]);
  });

  it('is judged anew when the lag grows: only those whose chance fell below the line, by their own handler', async () => {
    await pushes(40, { region: '33', age: 30 * hour, mismatched: 0, proved: hour });
    await app.get(LagRefresh).pass();
    const near = await complain({ deadlineAt: at(3 * hour) });
    const tolerable = await complain({ deadlineAt: at(4.4 * hour) });
    const far = await complain({ deadlineAt: at(60 * hour) });
    await complain({});
    expect([await urgent(near), await urgent(tolerable), await urgent(far)]).toEqual([0, 0, 0]);

    // One in four still matches at once, the others evenly within ten hours.
    await pushes(120, { region: '33', age: 40 * hour, proved: 10 * hour, spread: true });
    await forward(minute);
    await app.get(LagRefresh).pass();
    const due = await sql(
      `select subject_id from work where kind = 'deadline' and due_at <= utc_timestamp(3)`,
    );
    expect(due).toEqual([{ subject_id: toBinary(near) }]);
    await workDeadlines();
    expect([await urgent(near), await urgent(tolerable), await urgent(far)]).toEqual([1, 0, 0]);

    // A better lag takes nothing back.
    await sql('delete from push where timestampdiff(hour, accepted_at, utc_timestamp(3)) >= 39');
    await forward(minute);
    await app.get(LagRefresh).pass();
    await workDeadlines();
    expect(await urgent(near)).toBe(1);
  });

  it('is found by walking the index', async () => {
    const { sql: query, parameters } = deadlinePage({
      after: { deadlineAt: start, id: null },
      until: new Date(start.getTime() + hour),
      limit: 1_000,
    });
    const [plan] = await sql(`explain select * from ticket ${query}`, parameters);
    expect(plan).toMatchObject({ type: 'range', key: 'ticket_deadline' });
    expect(plan?.Extra).not.toContain('filesort');
  });
});

interface Pushes {
  region: string | null;
  /** Since the acceptance. */
  age: number;
  /** From the acceptance to the last mismatching reading. */
  mismatched?: number;
  /** From the acceptance to the proof. */
  proved?: number;
  /** The proofs come evenly, the last of them then. */
  spread?: boolean;
}

async function pushes(count: number, { region, age, mismatched, proved, spread }: Pushes): Promise<void> {
  const accepted = new Date((await now()).getTime() - age);
  const rows = Array.from({ length: count }, (_, number) => {
    const part = spread ? (number + 1) / count : 1;
    const after = (wait: number | undefined, share = 1) =>
      wait === undefined ? null : new Date(accepted.getTime() + wait * share);
    // Read just before the match, so that it lies where the proof is.
    const before = spread ? after(proved, part) : after(mismatched);
    return [
      toBinary(newId()),
      toBinary(newId()),
      1,
      1,
      toBinary(newId()),
      accepted,
      accepted,
      region,
      before,
      after(proved, part),
    ];
  });
  await sql(
    `insert into push (id, ticket_id, round, push_no, statement_id, composed_at, accepted_at, region,
       mismatched_at, proved_at) values ?`,
    [rows],
  );
}

async function complain(more: object): Promise<string> {
  const { nik, noKk: kk, name, birthDate, sex } = people.next().value;
  const complaint = complaintSchema.parse({
    service: 'nik_kk_sync',
    cause: 'kk_changed_not_synced',
    channel: 'counter',
    applicant: { nik, kk, name, birthDate, sex },
    ...more,
  });
  const { code } = await app.get(Intake).take(kudus, complaint, null);
  const [row] = await sql('select id from ticket where code = ?', [code]);
  return idOf(row?.id);
}

async function workDeadlines(): Promise<void> {
  await sql('update work set leased_until = null');
  await app.get(Dispatcher).dispatch();
  const rows = await sql(
    `select id, lease_no from work where kind = 'deadline' and leased_until is not null`,
  );
  for (const row of rows) {
    const ring = {
      kind: 'deadline' as const,
      id: idOf(row.id),
      leaseNo: Number(row.lease_no),
      correlationId: 'lag-test',
    };
    await app.get(JobRunner).run(ring, (claim) => app.get(DeadlineChecks).perform(claim));
  }
}

function idOf(bytes: unknown): string {
  return (bytes as Buffer).toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

async function urgent(id: string): Promise<unknown> {
  const [row] = await sql('select urgent from ticket where id = ?', [toBinary(id)]);
  return row?.urgent;
}

function at(milliseconds: number): string {
  return new Date(start.getTime() + milliseconds).toISOString();
}

async function now(): Promise<Date> {
  const [row] = await sql('select utc_timestamp(3) as now');
  return row?.now as Date;
}

/** Everything goes over the module's only connection, whose clock the test moves. */
function sql(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  return app.get(DataSource).query(statement, parameters);
}

async function setClock(instant: Date): Promise<void> {
  await sql(`set session timestamp = ${instant.getTime() / 1000}`);
}

async function forward(milliseconds: number): Promise<void> {
  await setClock(new Date((await now()).getTime() + milliseconds));
}

async function office(code: string, level: string, parentId: string | null): Promise<string> {
  const id = newId();
  await sql(
    `insert into office (id, code, name, level, parent_id, zone, created_at)
     values (?, ?, ?, ?, ?, 'Asia/Jakarta', utc_timestamp(3))`,
    [toBinary(id), code, code, level, parentId && toBinary(parentId)],
  );
  return id;
}

async function officer(officeId: string): Promise<OfficerActor> {
  const found = (await app.get(OfficeDirectory).tree()).find(officeId);
  return {
    kind: 'officer',
    officerId: newId(),
    sessionId: newId(),
    role: 'officer',
    office: found!,
    scope: new Scope([officeId], false),
  };
}
