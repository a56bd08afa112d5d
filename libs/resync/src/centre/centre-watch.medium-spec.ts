import { eventEntities } from '@sinkron/events';
import { webhookEntities } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { Test, type TestingModule } from '@nestjs/testing';
import { DeadlineChecks } from '../deadline-checks';
import { resyncEntities } from '../evidence';
import { ResyncModule } from '../resync.module';
import { CentreWatch } from './centre-watch';
import { Incidents } from './incidents';
import { accountEntities, type OfficerActor } from '@sinkron/accounts';
import { DatabaseModule, newId, toBinary, Transactions } from '@sinkron/database';
import { escalationEntities, Escalations } from '@sinkron/escalation';
import { syntheticPeople } from '@sinkron/identity';
import { lagEntities } from '@sinkron/lag';
import { messagingEntities } from '@sinkron/messaging';
import { OfficeDirectory, Scope } from '@sinkron/offices';
import { Gates, JobRunner, QueueModule, registryGate, Dispatcher, workEntities } from '@sinkron/queue';
import { testDatabase, type TestDatabase } from '@sinkron/testing';
import { complaintSchema, Intake, Moves, ticketEntities } from '@sinkron/tickets';
import { pino } from 'pino';
import { DataSource } from 'typeorm';

const people = syntheticPeople(20261124)[Symbol.iterator]();
const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 10, 22, 2);

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
  await setClock(0);
  const nation = await office('id', 'nation', null);
  const centralJava = await office('33', 'province', nation);
  await office('3509', 'office', await office('35', 'province', nation));
  kudus = await officer(await office('3319', 'office', centralJava));
}, 60_000);
afterAll(async () => {
  await app?.close();
  await db.close();
});

beforeEach(async () => {
  for (const table of ['work', 'ticket', 'person', 'escalation', 'push', 'gate', 'lag_estimate']) {
    await sql(`delete from ${table}`);
  }
  await setClock(0);
});

describe('a centre that answers', () => {
  it('is no incident while it keeps its pace, whatever the pace', async () => {
    await history({ region: '33', until: 0, lag: 6 * hour });
    await look();
    expect(await incidents()).toEqual([]);
  });

  it('is one incident with its evidence when nothing matches any more, and none when it matches again', async () => {
    await history({ region: '33', until: -4 * hour, lag: 6 * hour });
    await look();
    const [incident, ...more] = await incidents();
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ incident: 'centre_delayed', state: 'open' });
    expect(incident?.detail).toMatchObject({ matched: 0, since: at(-4 * hour) });
    expect(incident?.detail.expected).toBeGreaterThan(19);
    await look();
    expect(await incidents()).toHaveLength(1);

    await sql('delete from push');
    await history({ region: '33', until: 0, lag: 6 * hour });
    await look();
    expect(await incidents()).toMatchObject([{ state: 'resolved', outcome: 'recovered' }]);
  });

  it('is an incident of one region when only there nothing matches', async () => {
    await history({ region: '33', until: -4 * hour, lag: 6 * hour });
    await history({ region: '35', until: 0, lag: 6 * hour, count: 2_000 });
    await look();
    expect(await incidents()).toMatchObject([{ incident: 'centre_delayed@33', state: 'open' }]);
  });

  it('is an incident when it drifts so slowly that every hour looks usual, but most are late', async () => {
    await history({ region: '33', until: 0, lag: 40 * hour });
    await look();
    const [incident] = await incidents();
    expect(incident).toMatchObject({ incident: 'centre_delayed', state: 'open' });
    expect(Number(incident?.detail.stillMismatching) / Number(incident?.detail.due)).toBeGreaterThan(0.5);
  });

  it('is no incident for the few cases of a small region', async () => {
    await history({ region: '33', until: -4 * hour, lag: 6 * hour, count: 60 });
    await look();
    expect(await incidents()).toEqual([]);
  });
});

describe('a centre that does not answer', () => {
  it('is one incident after ten minutes, however often it fails, and none for a quota that is used up', async () => {
    await accepted(-hour);
    await fails('quota_used_up', 3 * hour);
    await look();
    expect(await incidents()).toEqual([]);
    await sql('delete from gate');
    await fails('server_error', 9 * minute);
    await look();
    expect(await incidents()).toEqual([]);
    await setClock(2 * minute);
    await look();
    await look();
    expect(await incidents()).toMatchObject([{ incident: 'centre_not_answering', state: 'open' }]);
    await app.get(Incidents).endWithNobodyWaiting();
    expect(await incidents()).toMatchObject([{ state: 'open' }]);
  });

  it('is not said to take nothing by those who wait while it takes the pushes of others', async () => {
    await complain();
    await history({ region: '33', until: 3 * hour, lag: 6 * hour });
    await sql('update push set accepted_at = ? order by accepted_at desc limit 1', [
      new Date(start + 3 * hour - minute),
    ]);
    await setClock(3 * hour);
    await workDeadlines();
    expect(await incidents()).toEqual([]);
    // It took none for more than ten minutes, and the case is looked at again.
    await setClock(5 * hour + minute);
    await workDeadlines();
    expect(await incidents()).toMatchObject([{ incident: 'centre_not_taking', state: 'open' }]);
  });

  it('is counted from its own beginning, not from that of a quota that was used up before', async () => {
    await accepted(-hour);
    await app.get(Gates).close(registryGate, 'quota_used_up', hour);
    await setClock(hour + minute);
    await app.get(Gates).failed(registryGate, 'server_error');
    await look();
    expect(await incidents()).toEqual([]);
    await setClock(hour + 12 * minute);
    await look();
    expect(await incidents()).toMatchObject([{ detail: { since: at(hour + minute) } }]);
  });

  it('is over when nothing is counted against it, although whoever found that out died before saying so', async () => {
    await accepted(-hour);
    await fails('server_error', 11 * minute);
    await look();
    await app.get(Incidents).endForgotten();
    expect(await incidents()).toMatchObject([{ state: 'open' }]);
    await sql('delete from gate');
    await app.get(Incidents).endForgotten();
    expect(await incidents()).toMatchObject([{ state: 'resolved', outcome: 'recovered' }]);
  });

  it('is told as what keeps pushes waiting where there are some, and not at all while nobody waits', async () => {
    await fails('server_error', hour);
    await look();
    expect(await incidents()).toEqual([]);
    await complain();
    await look();
    expect(await incidents()).toMatchObject([{ incident: 'centre_not_taking', state: 'open' }]);
  });

  it('makes an outage of what was known as pushes that wait', async () => {
    await complain();
    await app
      .get(Transactions)
      .run((transaction) =>
        app.get(Escalations).openIncident(transaction, 'centre_not_taking', { reason: 'x' }),
      );
    await fails('server_error', hour);
    await look();
    expect(await incidents()).toMatchObject([{ incident: 'centre_not_taking', detail: { outage: 1 } }]);
  });

  it('stops the clocks of its cases for as long as it lasts, counted from what happened', async () => {
    const [held, ownFault] = [await accepted(-22 * hour), await accepted(-22 * hour)];
    await sql(`update ticket set state = 'in_review', reason = 'duplicate_data' where id = ?`, [
      toBinary(ownFault),
    ]);
    await setClock(hour);
    await fails('server_error', hour);
    await look();

    await setClock(2 * hour + minute);
    await workDeadlines();
    expect(await ticket(held)).toMatchObject({ status: 'syncing', overdue: 0, waits_for: 'centre_incident' });
    // Late for a reason of its own: it stands out.
    expect(await ticket(ownFault)).toMatchObject({ status: 'overdue' });
    expect(await caseEscalations()).toEqual([toBinary(ownFault)]);

    await setClock(6 * hour);
    await sql('delete from gate');
    await app.get(Incidents).end('centre_not_answering');
    await workDeadlines();
    // Six hours from the first failure to the end.
    expect(await ticket(held)).toMatchObject({ due_at: new Date(start + 8 * hour), held_by: null });
    expect(await kinds(held)).toEqual(expect.arrayContaining(['clock_held', 'clock_moved']));

    await setClock(8 * hour + minute);
    await workDeadlines();
    expect(await ticket(held)).toMatchObject({ status: 'overdue' });
    expect(await caseEscalations()).toHaveLength(2);
  });

  it('stops the clock also of a case that is known', async () => {
    const known = await accepted(-22 * hour);
    await sql('update ticket set snoozed_until = ? where id = ?', [
      new Date(start + 20 * hour),
      toBinary(known),
    ]);
    await setClock(hour);
    await fails('server_error', hour);
    await look();
    await setClock(2 * hour + minute);
    await workDeadlines();
    expect(await ticket(known)).toMatchObject({ overdue: 0, waits_for: 'centre_incident' });
  });

  it('holds up a case of a later round no more by a suspension of which an earlier one died', async () => {
    const { id, code } = await suspendedAndCancelled();
    await app.get(Moves).reopen(kudus, code, { reason: 'Ternyata belum selesai' });
    await setClock(2 * 24 * hour);
    await sql(
      `update work set due_at = utc_timestamp(3), rank_at = utc_timestamp(3) where kind = 'deadline'`,
    );
    await workDeadlines();
    expect(await ticket(id)).toMatchObject({ status: 'overdue' });
  });

  it('stops a clock for a day at most: then the case is late, told by the incident', async () => {
    const held = await accepted(-22 * hour);
    await setClock(hour);
    await fails('server_error', hour);
    await look();
    await setClock(3 * hour);
    await workDeadlines();
    await setClock(28 * hour);
    await workDeadlines();
    expect(await ticket(held)).toMatchObject({ status: 'overdue' });
    expect(await caseEscalations()).toEqual([]);
    expect(await incidents()).toHaveLength(1);
  });

  it('has every case looked at again when it ends, however many there are', async () => {
    const held = await accepted(-22 * hour);
    await fails('server_error', hour);
    await look();
    await sql(`update ticket set held_by = 'centre_not_answering' where id = ?`, [toBinary(held)]);
    await multiply(held, 2_100);
    await app.get(Incidents).end('centre_not_answering');
    const [row] = await sql(
      `select count(*) as n from work where kind = 'deadline' and due_at <= utc_timestamp(3)`,
    );
    expect(Number(row?.n)).toBe(2_101);
  });

  it('comes and goes without moving a clock by more than it was away', async () => {
    const held = await accepted(-23 * hour);
    for (let turn = 0; turn < 4; turn++) {
      await setClock((turn + 0.5) * hour);
      await fails('time_out', 15 * minute);
      await look();
      await sql('delete from gate');
      await app.get(Incidents).end('centre_not_answering');
      await workDeadlines();
    }
    // One quarter of an hour lay before its end, and moved that just to the beginning of the next.
    expect(await ticket(held)).toMatchObject({ status: 'overdue', due_at: new Date(start + 1.25 * hour) });
  });
});

/** Pushes of the last three days, evenly, each matching `lag` later give or take half, but none after `until`. */
async function history(of: { region: string; until: number; lag: number; count?: number }): Promise<void> {
  const { region, until, lag, count = 700 } = of;
  const now = (await clock()).getTime();
  const rows = Array.from({ length: count }, (_, number) => {
    const acceptedAt = now - 70 * hour + (number / count) * 70 * hour;
    const match = acceptedAt + lag * (0.5 + ((number * 7) % 11) / 10);
    const proved = match <= Math.min(start + until, now) ? new Date(match) : null;
    return [
      toBinary(newId()),
      toBinary(newId()),
      1,
      1,
      toBinary(newId()),
      new Date(acceptedAt),
      new Date(acceptedAt),
      region,
      proved ?? new Date(now),
      proved,
    ];
  });
  await sql(
    `insert into push (id, ticket_id, round, push_no, statement_id, composed_at, accepted_at, region,
       mismatched_at, proved_at) values ?`,
    [rows],
  );
}

/** @returns its code */
async function complain(): Promise<string> {
  const { nik, noKk: kk, name, birthDate, sex } = people.next().value;
  const body = {
    service: 'nik_kk_sync',
    cause: 'kk_changed_not_synced',
    channel: 'counter',
    applicant: { nik, kk, name, birthDate, sex },
  };
  return (await app.get(Intake).take(kudus, complaintSchema.parse(body), null)).code;
}

/** A case whose push was accepted then, and that still waits. */
async function accepted(when: number): Promise<string> {
  const code = await complain();
  const instant = new Date(start + when);
  const dueAt = new Date(start + when + 24 * hour);
  await sql(
    `update ticket set push = 'accepted', status = 'syncing', accepted_at = ?, pushed_at = ?, round_at = ?, due_at = ?
     where code = ?`,
    [instant, instant, instant, dueAt, code],
  );
  const [row] = await sql('select id from ticket where code = ?', [code]);
  const id = idOf(row?.id);
  await sql(`update work set due_at = ? where kind = 'deadline' and subject_id = ?`, [dueAt, toBinary(id)]);
  await waitForReading();
  return id;
}

/** So many more cases like this one, with the work on their deadlines. */
async function multiply(id: string, count: number): Promise<void> {
  for (const [table, key] of [
    ['ticket', 'id'],
    ['work', 'subject_id'],
  ]) {
    await sql('set @n = 0');
    await sql(
      `create temporary table more as select ${table}.* from ${table}, seq_1_to_${count}
       where ${key} = ? ${table === 'work' ? "and kind = 'deadline'" : ''}`,
      [toBinary(id)],
    );
    await sql(`update more set ${key} = unhex(lpad(hex(@n := @n + 1), 32, '0'))`);
    await sql(
      table === 'work'
        ? 'update more set id = subject_id'
        : `update more set person_id = id, code = right(hex(id), 14)`,
    );
    await sql(`insert into ${table} select * from more`);
    await sql('drop temporary table more');
  }
}

async function suspendedAndCancelled(): Promise<{ id: string; code: string }> {
  const code = await complain();
  const [row] = await sql('select id from ticket where code = ?', [code]);
  await app.get(Moves).suspend(kudus, code, { reason: 'requirements_unmet' });
  await setClock(hour);
  await app.get(Moves).cancel(kudus, code, {});
  return { id: idOf(row?.id), code };
}

/** As the hand-over leaves it: the centre is to be read again. */
async function waitForReading(): Promise<void> {
  await sql(`update work set kind = 'verify' where kind = 'push'`);
}

/** The centre has been failing for so long. */
async function fails(reason: string, since: number): Promise<void> {
  await sql(
    `insert into gate (name, reason, closed_until, failures, since)
     values ('registry', ?, utc_timestamp(3) + interval 1 hour, 7, ?)`,
    [reason, new Date((await clock()).getTime() - since)],
  );
}

const look = () => app.get(CentreWatch).pass();

async function incidents() {
  const rows = await sql(
    'select incident, state, outcome, detail from escalation where incident is not null',
  );
  return rows.map((row) => ({ ...row, detail: JSON.parse(String(row.detail)) as Record<string, unknown> }));
}

const caseEscalations = async () =>
  (await sql('select ticket_id from escalation where ticket_id is not null')).map(({ ticket_id: id }) => id);

async function ticket(id: string): Promise<Record<string, unknown>> {
  const [row] = await sql('select * from ticket where id = ?', [toBinary(id)]);
  return row!;
}

const kinds = async (id: string) =>
  (await sql('select kind from history where ticket_id = ?', [toBinary(id)])).map(({ kind }) => kind);

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
      correlationId: 'watch-test',
    };
    await app.get(JobRunner).run(ring, (claim) => app.get(DeadlineChecks).perform(claim));
  }
}

const at = (milliseconds: number) => new Date(start + milliseconds).toISOString();

function idOf(bytes: unknown): string {
  return (bytes as Buffer).toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

async function clock(): Promise<Date> {
  const [row] = await sql('select utc_timestamp(3) as now');
  return row?.now as Date;
}

async function setClock(milliseconds: number): Promise<void> {
  await sql(`set session timestamp = ${(start + milliseconds) / 1000}`);
}

/** Everything goes over the module's only connection, whose clock the test moves. */
function sql(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  return app.get(DataSource).query(statement, parameters);
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
