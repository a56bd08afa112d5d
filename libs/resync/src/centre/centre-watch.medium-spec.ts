import { ResyncDesk } from '../testing/resync-desk';
import { CentreWatch } from './centre-watch';
import { Incidents } from './incidents';
import { newId, toBinary, Transactions } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';
import { Gates, registryGate } from '@sinkron/queue';
import { Moves } from '@sinkron/tickets';

jest.setTimeout(60_000);
const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 10, 22, 2);

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261124, { centre: false, offices: ['3319', '3509'] });
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

describe('a centre that answers', () => {
  it('is no incident while it keeps its pace, whatever the pace', async () => {
    await history({ region: '33', until: 0, lag: 6 * hour });
    await watch();
    expect(await incidents()).toEqual([]);
  });

  it('is one incident with its evidence when nothing matches any more, and none when it matches again', async () => {
    await history({ region: '33', until: -4 * hour, lag: 6 * hour });
    await watch();
    const [incident, ...more] = await incidents();
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ incident: 'centre_delayed', state: 'open' });
    expect(incident?.detail).toMatchObject({ matched: 0, since: at(-4 * hour) });
    expect(incident?.detail.expected).toBeGreaterThan(19);
    await watch();
    expect(await incidents()).toHaveLength(1);

    await desk.sql('delete from push');
    await history({ region: '33', until: 0, lag: 6 * hour });
    await watch();
    expect(await incidents()).toMatchObject([{ state: 'resolved', outcome: 'recovered' }]);
  });

  it('is an incident of one region when only there nothing matches', async () => {
    await history({ region: '33', until: -4 * hour, lag: 6 * hour });
    await history({ region: '35', until: 0, lag: 6 * hour, count: 2_000 });
    await watch();
    expect(await incidents()).toMatchObject([{ incident: 'centre_delayed@33', state: 'open' }]);
  });

  it('is an incident when it drifts so slowly that every hour looks usual, but most are late', async () => {
    await history({ region: '33', until: 0, lag: 40 * hour });
    await watch();
    const [incident] = await incidents();
    expect(incident).toMatchObject({ incident: 'centre_delayed', state: 'open' });
    expect(Number(incident?.detail.stillMismatching) / Number(incident?.detail.due)).toBeGreaterThan(0.5);
  });

  it('is no incident for the few tickets of a small region', async () => {
    await history({ region: '33', until: -4 * hour, lag: 6 * hour, count: 60 });
    await watch();
    expect(await incidents()).toEqual([]);
  });
});

describe('a centre that does not answer', () => {
  it('is one incident after ten minutes, however often it fails, and none for a quota that is used up', async () => {
    await accepted(-hour);
    await fails('quota_used_up', 3 * hour);
    await watch();
    expect(await incidents()).toEqual([]);
    await desk.sql('delete from gate');
    await fails('server_error', 9 * minute);
    await watch();
    expect(await incidents()).toEqual([]);
    await setClock(2 * minute);
    await watch();
    await watch();
    expect(await incidents()).toMatchObject([{ incident: 'centre_not_answering', state: 'open' }]);
    await desk.app.get(Incidents).endWithNothingWaiting();
    expect(await incidents()).toMatchObject([{ state: 'open' }]);
  });

  it('is no incident of pushes not taken while it takes the pushes of others', async () => {
    await complain();
    await history({ region: '33', until: 3 * hour, lag: 6 * hour });
    await desk.sql('update push set accepted_at = ? order by accepted_at desc limit 1', [
      new Date(start + 3 * hour - minute),
    ]);
    await setClock(3 * hour);
    await desk.work('deadline');
    expect(await incidents()).toEqual([]);
    // It took none for more than ten minutes, and the deadline of the ticket is checked again.
    await setClock(5 * hour + minute);
    await desk.work('deadline');
    expect(await incidents()).toMatchObject([{ incident: 'centre_not_taking', state: 'open' }]);
  });

  it('is counted from its own beginning, not from that of a quota that was used up before', async () => {
    await accepted(-hour);
    await desk.app.get(Gates).close(registryGate, 'quota_used_up', hour);
    await setClock(hour + minute);
    await desk.app.get(Gates).failed(registryGate, 'server_error');
    await watch();
    expect(await incidents()).toEqual([]);
    await setClock(hour + 12 * minute);
    await watch();
    expect(await incidents()).toMatchObject([{ detail: { since: at(hour + minute) } }]);
  });

  it('is over when no failure is counted any more, although the worker that was answered died', async () => {
    await accepted(-hour);
    await fails('server_error', 11 * minute);
    await watch();
    await desk.app.get(Incidents).endForgotten();
    expect(await incidents()).toMatchObject([{ state: 'open' }]);
    await desk.sql('delete from gate');
    await desk.app.get(Incidents).endForgotten();
    expect(await incidents()).toMatchObject([{ state: 'resolved', outcome: 'recovered' }]);
  });

  it('is the incident of pushes not taken where some wait, and none while nothing waits', async () => {
    await fails('server_error', hour);
    await watch();
    expect(await incidents()).toEqual([]);
    await complain();
    await watch();
    expect(await incidents()).toMatchObject([{ incident: 'centre_not_taking', state: 'open' }]);
  });

  it('makes an outage of the incident of pushes not taken', async () => {
    await complain();
    await desk.app
      .get(Transactions)
      .run((transaction) =>
        desk.app.get(Escalations).openIncident(transaction, 'centre_not_taking', { reason: 'x' }),
      );
    await fails('server_error', hour);
    await watch();
    expect(await incidents()).toMatchObject([{ incident: 'centre_not_taking', detail: { outage: 1 } }]);
  });

  it('stops the clocks of its tickets for as long as it lasts, counted from its first failure', async () => {
    const held = await accepted(-22 * hour);
    const ownFault = await accepted(-22 * hour);
    await desk.sql(`update ticket set state = 'in_review', reason = 'duplicate_data' where id = ?`, [
      toBinary(ownFault),
    ]);
    await setClock(hour);
    await fails('server_error', hour);
    await watch();

    await setClock(2 * hour + minute);
    await desk.work('deadline');
    expect(await desk.ticket(held)).toMatchObject({
      status: 'syncing',
      overdue: 0,
      waits_for: 'centre_incident',
    });
    // Late for a reason of its own: it has an escalation of its own.
    expect(await desk.ticket(ownFault)).toMatchObject({ status: 'overdue' });
    expect(await ticketEscalations()).toEqual([toBinary(ownFault)]);

    await setClock(6 * hour);
    await desk.sql('delete from gate');
    await desk.app.get(Incidents).end('centre_not_answering');
    await desk.work('deadline');
    // Six hours from the first failure to the end.
    expect(await desk.ticket(held)).toMatchObject({ due_at: new Date(start + 8 * hour), held_by: null });
    expect(await kinds(held)).toEqual(expect.arrayContaining(['clock_held', 'clock_moved']));

    await setClock(8 * hour + minute);
    await desk.work('deadline');
    expect(await desk.ticket(held)).toMatchObject({ status: 'overdue' });
    expect(await ticketEscalations()).toHaveLength(2);
  });

  it('adds the time of a suspension before it', async () => {
    const held = await accepted(-22 * hour);
    const [row] = await desk.sql('select code from ticket where id = ?', [toBinary(held)]);
    await setClock(0);
    await desk.app.get(Moves).suspend(desk.officer, String(row?.code), { reason: 'other' });
    await setClock(hour);
    await desk.app.get(Moves).resume(desk.officer, String(row?.code), {});
    await setClock(2.5 * hour);
    await fails('server_error', 0.5 * hour);
    await watch();
    await setClock(3 * hour + minute);
    await desk.work('deadline');
    await setClock(6 * hour);
    await desk.sql('delete from gate');
    await desk.app.get(Incidents).end('centre_not_answering');
    await desk.work('deadline');
    // Two hours were left; one was suspended, and four the centre was away.
    expect(await desk.ticket(held)).toMatchObject({ due_at: new Date(start + 7 * hour) });
  });

  it('stops the clock also of a snoozed ticket', async () => {
    const snoozed = await accepted(-22 * hour);
    await desk.sql('update ticket set snoozed_until = ? where id = ?', [
      new Date(start + 20 * hour),
      toBinary(snoozed),
    ]);
    await setClock(hour);
    await fails('server_error', hour);
    await watch();
    await setClock(2 * hour + minute);
    await desk.work('deadline');
    expect(await desk.ticket(snoozed)).toMatchObject({ overdue: 0, waits_for: 'centre_incident' });
  });

  it('does not hold up a later round by a suspension during which the earlier round was cancelled', async () => {
    const { id, code } = await suspendedAndCancelled();
    await desk.app.get(Moves).reopen(desk.officer, code, { reason: 'Ternyata belum selesai' });
    await setClock(2 * 24 * hour);
    await desk.sql(
      `update work set due_at = utc_timestamp(3), rank_at = utc_timestamp(3) where kind = 'deadline'`,
    );
    await desk.work('deadline');
    expect(await desk.ticket(id)).toMatchObject({ status: 'overdue' });
  });

  it('stops a clock for a day at most: then the ticket is late, covered by the incident', async () => {
    const held = await accepted(-22 * hour);
    await setClock(hour);
    await fails('server_error', hour);
    await watch();
    await setClock(3 * hour);
    await desk.work('deadline');
    await setClock(28 * hour);
    await desk.work('deadline');
    expect(await desk.ticket(held)).toMatchObject({ status: 'overdue' });
    expect(await ticketEscalations()).toEqual([]);
    expect(await incidents()).toHaveLength(1);
  });

  it('makes every deadline due when it ends, however many there are', async () => {
    const held = await accepted(-22 * hour);
    await fails('server_error', hour);
    await watch();
    await desk.sql(`update ticket set held_by = 'centre_not_answering' where id = ?`, [toBinary(held)]);
    await multiply(held, 2_100);
    await desk.app.get(Incidents).end('centre_not_answering');
    const [row] = await desk.sql(
      `select count(*) as n from work where kind = 'deadline' and due_at <= utc_timestamp(3)`,
    );
    expect(Number(row?.n)).toBe(2_101);
  });

  it('comes and goes without moving a clock by more than it was away', async () => {
    const held = await accepted(-23 * hour);
    for (let turn = 0; turn < 4; turn++) {
      await setClock((turn + 0.5) * hour);
      await fails('time_out', 15 * minute);
      await watch();
      await desk.sql('delete from gate');
      await desk.app.get(Incidents).end('centre_not_answering');
      await desk.work('deadline');
    }
    // One quarter of an hour lay before its end, and moved that just to the beginning of the next.
    expect(await desk.ticket(held)).toMatchObject({
      status: 'overdue',
      due_at: new Date(start + 1.25 * hour),
    });
  });
});

/** Pushes of the last three days, evenly, each matching `lag` later give or take half, but none after `until`. */
async function history(of: { region: string; until: number; lag: number; count?: number }): Promise<void> {
  const { region, until, lag, count = 700 } = of;
  const now = desk.clock.getTime();
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
  await desk.sql(
    `insert into push (id, ticket_id, round, push_no, statement_id, composed_at, accepted_at, region,
       mismatched_at, proved_at) values ?`,
    [rows],
  );
}

const complain = () => desk.complain(desk.person());

/** A ticket whose push was accepted then, and that still waits. */
async function accepted(when: number): Promise<string> {
  const { code, id } = await complain();
  const instant = new Date(start + when);
  const dueAt = new Date(start + when + 24 * hour);
  await desk.sql(
    `update ticket set push = 'accepted', status = 'syncing', accepted_at = ?, pushed_at = ?, round_at = ?, due_at = ?
     where code = ?`,
    [instant, instant, instant, dueAt, code],
  );
  await desk.sql(`update work set due_at = ? where kind = 'deadline' and subject_id = ?`, [
    dueAt,
    toBinary(id),
  ]);
  await waitForReading();
  return id;
}

/** So many more tickets like this one, with the work on their deadlines. */
async function multiply(id: string, count: number): Promise<void> {
  for (const [table, key] of [
    ['ticket', 'id'],
    ['work', 'subject_id'],
  ]) {
    await desk.sql('set @n = 0');
    await desk.sql(
      `create temporary table more as select ${table}.* from ${table}, seq_1_to_${count}
       where ${key} = ? ${table === 'work' ? "and kind = 'deadline'" : ''}`,
      [toBinary(id)],
    );
    await desk.sql(`update more set ${key} = unhex(lpad(hex(@n := @n + 1), 32, '0'))`);
    await desk.sql(
      table === 'work'
        ? 'update more set id = subject_id'
        : `update more set person_id = id, code = right(hex(id), 14)`,
    );
    await desk.sql(`insert into ${table} select * from more`);
    await desk.sql('drop temporary table more');
  }
}

async function suspendedAndCancelled(): Promise<{ id: string; code: string }> {
  const { code, id } = await complain();
  await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'requirements_unmet' });
  await setClock(hour);
  await desk.app.get(Moves).cancel(desk.officer, code, {});
  return { id, code };
}

/** As an accepted push leaves it: the centre is to be read again. */
async function waitForReading(): Promise<void> {
  await desk.sql(`update work set kind = 'verify' where kind = 'push'`);
}

/** The centre has been failing for so long. */
async function fails(reason: string, since: number): Promise<void> {
  await desk.sql(
    `insert into gate (name, reason, closed_until, failures, since)
     values ('registry', ?, utc_timestamp(3) + interval 1 hour, 7, ?)`,
    [reason, new Date(desk.clock.getTime() - since)],
  );
}

const watch = () => desk.app.get(CentreWatch).pass();

async function incidents() {
  const rows = await desk.sql(
    'select incident, state, outcome, detail from escalation where incident is not null',
  );
  return rows.map((row) => ({ ...row, detail: JSON.parse(String(row.detail)) as Record<string, unknown> }));
}

const ticketEscalations = async () =>
  (await desk.sql('select ticket_id from escalation where ticket_id is not null')).map(
    ({ ticket_id: id }) => id,
  );

const kinds = async (id: string) => (await desk.history(id)).map(({ kind }) => kind);

const at = (milliseconds: number) => new Date(start + milliseconds).toISOString();
const setClock = (milliseconds: number) => desk.setClock(new Date(start + milliseconds));
