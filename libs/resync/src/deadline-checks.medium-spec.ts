import { Incidents } from './centre/incidents';
import { ResyncDesk } from './testing/resync-desk';
import { toBinary, Transactions } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';
import { Contests, Moves } from '@sinkron/tickets';

jest.setTimeout(60_000);
const minute = 60_000;
const hour = 60 * minute;

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261223);
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

it('is syncing at 23:59 and overdue at 24:00, with an escalation (R7)', async () => {
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  const { id } = await desk.complain(await desk.residentWithOldKk());
  await desk.work('push');
  await desk.forward(24 * hour - minute);
  await desk.work('deadline');
  expect(await desk.ticket(id)).toMatchObject({ status: 'syncing', overdue: 0 });
  await desk.forward(minute);
  await desk.work('deadline');
  expect(await desk.ticket(id)).toMatchObject({ status: 'overdue', overdue: 1, urgent: 1 });
  expect(await desk.sql('select reason, state from escalation')).toEqual([
    { reason: 'overdue', state: 'open' },
  ]);
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
});

it('opens one incident, not one for every ticket, when the centre takes nothing for two hours', async () => {
  await desk.mock.admin('PUT', '/admin/faults', { status503Share: 1 });
  const tickets = [
    await desk.complain(await desk.residentWithOldKk()),
    await desk.complain(await desk.residentWithOldKk()),
  ];
  await desk.work('push');
  await desk.forward(2 * hour);
  await desk.work('deadline');
  expect(await desk.sql('select incident, state from escalation')).toEqual([
    { incident: 'centre_not_taking', state: 'open' },
  ]);
  await desk.forward(24 * hour);
  await desk.work('deadline');
  for (const { id } of tickets) expect(await desk.ticket(id)).toMatchObject({ status: 'overdue' });
  expect(await desk.sql('select incident from escalation')).toHaveLength(1);
  await desk.mock.admin('PUT', '/admin/faults', {});
  await desk.forward(hour);
  await desk.work('push');
  await desk.work('deadline');
  expect(
    await desk.sql(`select state, outcome from escalation where incident = 'centre_not_taking'`),
  ).toEqual([{ state: 'resolved', outcome: 'recovered' }]);
  // The centre works, and these two are late all the same: now each has an escalation of its own.
  expect(await desk.sql('select reason from escalation where ticket_id is not null')).toHaveLength(2);
});

it('leaves the alarm of an overdue ticket to an incident that comes after it, and raises it again at its end', async () => {
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  const { id } = await desk.complain(await desk.residentWithOldKk());
  await desk.work('push');
  await desk.forward(24 * hour);
  await desk.work('deadline');
  const alarms = () =>
    desk.sql('select state, outcome from escalation where ticket_id = ? order by id', [toBinary(id)]);
  expect(await alarms()).toEqual([{ state: 'open', outcome: null }]);
  const transactions = desk.app.get(Transactions);
  const escalations = desk.app.get(Escalations);
  await transactions.run((transaction) => escalations.openIncident(transaction, 'centre_delayed', {}));
  await desk.app.get(Incidents).checkAlarms();
  await desk.work('deadline');
  expect(await alarms()).toEqual([{ state: 'resolved', outcome: 'withdrawn' }]);
  await desk.app.get(Incidents).end('centre_delayed');
  await desk.work('deadline');
  expect(await alarms()).toEqual([
    { state: 'resolved', outcome: 'withdrawn' },
    { state: 'open', outcome: null },
  ]);
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
});

it('takes back the alarm about a deadline that an accepted push leaves time for', async () => {
  const { id } = await desk.complain(await desk.residentWithOldKk(), {
    deadlineAt: new Date(desk.clock.getTime() + 25 * hour).toISOString(),
  });
  expect(await desk.ticket(id)).toMatchObject({ urgent: 1 });
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ urgent: 0, pushes: 1 });
  expect(await desk.sql('select outcome from escalation')).toEqual([{ outcome: 'withdrawn' }]);
  expect(await desk.sql(`select lane from work where kind = 'verify'`)).toEqual([{ lane: 'regular' }]);
});

it('opens one incident when the centre took the pushes and then answers nothing', async () => {
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  const tickets = [
    await desk.complain(await desk.residentWithOldKk()),
    await desk.complain(await desk.residentWithOldKk()),
  ];
  await desk.work('push');
  await desk.mock.admin('PUT', '/admin/faults', { status503Share: 1 });
  await desk.forward(24 * hour);
  await desk.work('verify');
  await desk.work('deadline');
  for (const { id } of tickets) expect(await desk.ticket(id)).toMatchObject({ status: 'overdue' });
  expect(await desk.sql('select incident, state from escalation')).toEqual([
    { incident: 'centre_not_answering', state: 'open' },
  ]);
  await desk.mock.admin('PUT', '/admin/faults', {});
  await desk.forward(hour);
  await desk.work('verify');
  await desk.work('deadline');
  expect(await desk.sql('select reason from escalation where ticket_id is not null')).toHaveLength(2);
  expect(await desk.sql(`select outcome from escalation where incident is not null`)).toEqual([
    { outcome: 'recovered' },
  ]);
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
});

it('makes a ticket urgent when its own deadline falls before dueAt, in the transaction of the 201', async () => {
  const { id } = await desk.complain(await desk.residentWithOldKk(), { deadlineAt: '2026-11-22T16:59:00Z' });
  expect(await desk.ticket(id)).toMatchObject({ urgent: 1 });
  expect(await desk.sql('select reason from escalation')).toEqual([{ reason: 'deadline_before_due' }]);
  expect(await desk.sql(`select lane from work where kind = 'push'`)).toEqual([{ lane: 'urgent' }]);
});

it('escalates a late ticket that an officer must look at, also while an incident covers the others', async () => {
  const person = desk.person();
  await desk.resident(person, 'deceased');
  const { id } = await desk.complain(person);
  await desk.work('push');
  await desk.mock.admin('PUT', '/admin/faults', { status503Share: 1 });
  await desk.complain(await desk.residentWithOldKk());
  await desk.work('push');
  await desk.forward(2 * hour);
  await desk.work('deadline');
  await desk.forward(24 * hour);
  await desk.work('deadline');
  await desk.mock.admin('PUT', '/admin/faults', {});
  expect(await desk.sql('select ticket_id, incident from escalation order by incident')).toEqual([
    { ticket_id: toBinary(id), incident: null },
    { ticket_id: null, incident: 'centre_not_taking' },
  ]);
});

it('escalates at the deadline although the values of the ticket cannot be opened', async () => {
  const { id } = await desk.complain(await desk.residentWithOldKk());
  await desk.sql(`update statement set sealed = 'x'`);
  await desk.forward(26 * hour);
  await desk.work('deadline');
  expect(await desk.ticket(id)).toMatchObject({ status: 'overdue' });
  expect(await desk.sql('select reason from escalation')).toEqual([{ reason: 'overdue' }]);
});

it('makes a ticket urgent when a suspension moves dueAt past its own deadline', async () => {
  const { code, id } = await desk.complain(await desk.residentWithOldKk(), {
    deadlineAt: '2026-11-23T05:00:00Z',
  });
  await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'requirements_unmet' });
  await desk.forward(3 * hour);
  await desk.app.get(Moves).resume(desk.officer, code, {});
  expect(await desk.ticket(id)).toMatchObject({ urgent: 1 });
  expect(await desk.sql('select reason from escalation')).toEqual([{ reason: 'deadline_before_due' }]);
  expect(await desk.sql(`select lane from work where kind = 'push'`)).toEqual([{ lane: 'urgent' }]);
});

describe('a person is told', () => {
  const alarms = () => desk.sql('select reason, state from escalation');
  const standstill = [{ reason: 'standstill', state: 'open' }];

  it('of a suspension that lasts seven days, and not before', async () => {
    const { code } = await desk.complain(await desk.residentWithOldKk());
    await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'off_procedure' });
    await desk.forward(7 * 24 * hour - minute);
    await desk.work('deadline');
    expect(await alarms()).toEqual([]);
    await desk.forward(minute);
    await desk.work('deadline');
    expect(await alarms()).toEqual(standstill);
  });

  it('of a contested ticket that nobody read again in two hours, although the centre answers', async () => {
    const { id } = await desk.resolved();
    await desk.app.get(Contests).byApplicant(id);
    await desk.forward(2 * hour - minute);
    await desk.work('deadline');
    expect(await alarms()).toEqual([]);
    await desk.forward(minute);
    await desk.work('deadline');
    expect(await alarms()).toEqual(standstill);
  });
});
