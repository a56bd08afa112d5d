import { ResyncDesk } from '../testing/resync-desk';

jest.setTimeout(60_000);
const minute = 60_000;
const hour = 60 * minute;

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261123, {
    registry: { hours: { from: '08:00', to: '16:00' }, dailyQuota: 100 },
  });
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

it.each([
  ['deceased', 'deceased'],
  ['duplicate', 'duplicate_data'],
  ['inactive', 'inactive'],
])('puts a record that the centre calls %s before an officer, unpushed', async (state, reason) => {
  const person = desk.person();
  await desk.resident(person, state);
  const { id } = await desk.complain(person);
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ status: 'in_review', reason });
  expect(await desk.ledger()).toEqual([]);
});

it.each([
  [{ status500Share: 1 }, 'server_error'],
  [{ status429Share: 1 }, 'too_many_requests'],
  [{ resetShare: 1 }, 'connection_lost'],
  [{ hangShare: 1 }, 'time_out'],
  [{ garbageShare: 1 }, 'nonsense'],
])(
  'waits with a reason when the centre answers with %j, and counts nothing against the ticket',
  async (faults, reason) => {
    const { id } = await desk.complain(await desk.residentWithOldKk());
    await desk.mock.admin('PUT', '/admin/faults', faults);
    await desk.work('push');
    expect(await desk.ticket(id)).toMatchObject({ status: 'received', reason });
    expect(
      await desk.sql(
        `select reason, attempts, due_at > utc_timestamp(3) as later from work where kind = 'push'`,
      ),
    ).toEqual([{ reason, attempts: 0, later: 1 }]);
    await desk.mock.admin('PUT', '/admin/faults', {});
    await desk.forward(hour);
    await desk.work('push');
    expect(await desk.ticket(id)).toMatchObject({ status: 'syncing', reason: null });
  },
);

it('stops the queue until 00:00 WIB when the quota is used up, and opens one incident when the centre rejects us', async () => {
  await desk.complain(await desk.residentWithOldKk());
  await desk.mock.admin('PUT', '/admin/verification', { answerCode: '05' });
  await desk.work('push');
  const [gate] = await desk.sql('select reason, closed_until from gate');
  expect(gate).toEqual({ reason: 'quota_used_up', closed_until: new Date('2026-11-22T17:00:00Z') });
  await desk.sql('delete from gate');
  await desk.mock.admin('PUT', '/admin/verification', { answerCode: '03' });
  await desk.forward(24 * hour);
  await desk.work('push');
  await desk.forward(hour);
  await desk.work('push');
  expect(await desk.sql(`select incident, detail from escalation where incident is not null`)).toEqual([
    { incident: 'centre_rejects_us', detail: '{"code":"03"}' },
  ]);
  await desk.mock.admin('PUT', '/admin/verification', {});
});

it.each(['03', '04', '09', '10', '16', '17'])(
  'closes the gate and opens one incident, whatever the number of tickets, when the centre says %s',
  async (code) => {
    await desk.mock.admin('PUT', '/admin/verification', { answerCode: code });
    for (let round = 0; round < 2; round++) {
      await desk.complain(await desk.residentWithOldKk());
      await desk.work('push');
      await desk.forward(hour);
    }
    expect(await desk.sql('select reason from gate')).toEqual([{ reason: 'configuration' }]);
    expect(await desk.sql('select incident, detail from escalation')).toEqual([
      { incident: 'centre_rejects_us', detail: JSON.stringify({ code }) },
    ]);
    const rows = await desk.sql(`select distinct reason, attempts from work where kind = 'push'`);
    expect(rows).toContainEqual({ reason: 'configuration', attempts: 0 });
    expect(rows.every(({ attempts }) => attempts === 0)).toBe(true);
    await desk.mock.admin('PUT', '/admin/verification', {});
    await desk.forward(hour);
    await desk.work('push');
    expect(await desk.sql('select * from gate')).toEqual([]);
    expect(await desk.sql('select state, outcome from escalation')).toEqual([
      { state: 'resolved', outcome: 'recovered' },
    ]);
  },
);

it('waits after code 05 until 00:00 WIB, counts nothing against the ticket, and one probe finds the new day', async () => {
  for (let made = 0; made < 3; made++) await desk.complain(await desk.residentWithOldKk());
  await desk.mock.admin('PUT', '/admin/verification', { answerCode: '05' });
  await desk.work('push');
  const midnight = new Date('2026-11-22T17:00:00Z');
  const rows = await desk.sql(`select due_at, attempts, reason from work where kind = 'push'`);
  for (const row of rows) {
    expect(row).toMatchObject({ attempts: 0, reason: 'quota_used_up' });
    expect((row.due_at as Date) >= midnight).toBe(true);
  }
  await desk.mock.admin('PUT', '/admin/verification', {});
  await desk.setClock(new Date('2026-11-22T17:01:00Z'));
  await desk.work('push');
  expect(await desk.ledger()).toHaveLength(1);
  await desk.work('push');
  expect(await desk.ledger()).toHaveLength(3);
});

it.each([
  ['2026-11-22T15:00:00Z', '2026-11-23T01:00:00Z', 'until the hours begin'],
  ['2026-11-22T02:00:00Z', '2026-11-22T02:30:00Z', 'a while, when by its known hours it is open'],
])('waits after code 06 at %s until %s: %s', async (at, until) => {
  await desk.setClock(new Date(at));
  await desk.complain(await desk.residentWithOldKk());
  await desk.mock.admin('PUT', '/admin/verification', { answerCode: '06' });
  await desk.work('push');
  await desk.mock.admin('PUT', '/admin/verification', {});
  expect(await desk.sql('select reason, closed_until from gate')).toEqual([
    { reason: 'outside_hours', closed_until: new Date(until) },
  ]);
});

it('puts a ticket before an officer, and opens one incident, when our request itself is wrong (07)', async () => {
  const tickets = [
    await desk.complain(await desk.residentWithOldKk()),
    await desk.complain(await desk.residentWithOldKk()),
  ];
  await desk.mock.admin('PUT', '/admin/verification', { answerCode: '07' });
  await desk.work('push');
  await desk.mock.admin('PUT', '/admin/verification', {});
  for (const { id } of tickets)
    expect(await desk.ticket(id)).toMatchObject({ status: 'in_review', reason: 'parameters_invalid' });
  expect(await desk.sql('select incident, detail from escalation')).toEqual([
    { incident: 'request_invalid', detail: '{"code":"07"}' },
  ]);
  expect(await desk.sql('select * from gate')).toEqual([]);
});

it.each([
  ['08', 'cannot_be_processed'],
  ['11', 'deceased'],
  ['12', 'duplicate_data'],
  ['14', 'inactive'],
  ['15', 'nik_format'],
])(
  'puts a ticket that the centre answers with %s before an officer, also after its push',
  async (code, reason) => {
    const before = await desk.complain(await desk.residentWithOldKk());
    await desk.mock.admin('PUT', '/admin/verification', { answerCode: code });
    await desk.work('push');
    expect(await desk.ticket(before.id)).toMatchObject({ status: 'in_review', reason, pushes: 0 });
    await desk.mock.admin('PUT', '/admin/verification', {});
    const after = await desk.complain(await desk.residentWithOldKk());
    await desk.work('push');
    await desk.mock.admin('PUT', '/admin/verification', { answerCode: code });
    await desk.forward(5 * minute);
    await desk.work('verify');
    await desk.mock.admin('PUT', '/admin/verification', {});
    expect(await desk.ticket(after.id)).toMatchObject({ status: 'in_review', reason, pushes: 1 });
  },
);

it('keeps the last of the quota for pushes and urgent tickets', async () => {
  const regular = await desk.complain(await desk.residentWithOldKk());
  const urgent = await desk.complain(await desk.residentWithOldKk(), { deadlineAt: '2026-11-22T16:59:00Z' });
  await desk.mock.admin('PUT', '/admin/verification', { quotaPerDay: 9 });
  await desk.work('push');
  await desk.forward(5 * minute);
  await desk.work('verify');
  expect(await desk.ticket(urgent.id)).toMatchObject({ status: 'resolved' });
  expect(await desk.ticket(regular.id)).toMatchObject({ status: 'syncing', reason: 'quota_kept' });
  await desk.mock.admin('PUT', '/admin/verification', {});
});
