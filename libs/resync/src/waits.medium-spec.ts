import { Incidents } from './centre/incidents';
import { assertProof, NotProved } from './outcomes';
import { ResyncDesk } from './testing/resync-desk';
import { Reading } from './verification/reading';
import { newId, toBinary, Transactions } from '@sinkron/database';
import { Scope } from '@sinkron/offices';
import { Contests, Moves, Purposes, Snoozes, WorkerTickets } from '@sinkron/tickets';

jest.setTimeout(60_000);
const minute = 60_000;
const hour = 60 * minute;

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261124);
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

const problem = (status: number) => expect.objectContaining({ status });

describe('what a ticket waits for', () => {
  it('is stored with its status, and the wait begins anew only when one of them changes', async () => {
    await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
    const { code, id } = await desk.complain(await desk.residentWithOldKk());
    const received = desk.clock;
    expect(await desk.ticket(id)).toMatchObject({
      waits_for: 'waiting_for_hand_over',
      waiting_since: received,
    });
    await desk.forward(minute);
    await desk.app.get(Moves).note(desk.officer, code, { text: 'Pemohon bertanya.' });
    expect(await desk.ticket(id)).toMatchObject({ waiting_since: received });
    await desk.work('push');
    const accepted = desk.clock;
    expect(await desk.ticket(id)).toMatchObject({ waits_for: 'waiting_for_resync', waiting_since: accepted });
    await desk.forward(5 * minute);
    await desk.work('verify');
    expect(await desk.ticket(id)).toMatchObject({ waiting_since: accepted });
    await desk.mock.admin('PUT', '/admin/faults', { status503Share: 1 });
    await desk.forward(hour);
    await desk.work('verify');
    expect(await desk.ticket(id)).toMatchObject({ waits_for: 'server_error', waiting_since: desk.clock });
    await desk.app.get(Moves).cancel(desk.officer, code, {});
    expect(await desk.ticket(id)).toMatchObject({ waits_for: null, waiting_since: null });
  });
});

describe('known, wait until', () => {
  it('defers the telling and not the status, and tells a person when it is over', async () => {
    await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
    const { code, id } = await desk.complain(await desk.residentWithOldKk());
    await desk.work('push');
    const until = new Date(desk.clock.getTime() + 30 * hour);
    await desk.app.get(Snoozes).set(desk.officer, code, { until, reason: 'Gangguan di pusat' });
    await desk.forward(24 * hour);
    await desk.work('deadline');
    expect(await desk.ticket(id)).toMatchObject({ status: 'overdue', urgent: 1, snoozed_until: until });
    expect(await desk.sql('select reason from escalation')).toEqual([]);
    await desk.forward(6 * hour);
    await desk.work('deadline');
    expect(await desk.ticket(id)).toMatchObject({ status: 'overdue', snoozed_until: null });
    expect(await desk.sql('select reason from escalation')).toEqual([{ reason: 'overdue' }]);
    const kinds = (await desk.history(id)).map(({ kind }) => kind);
    expect(kinds.slice(-3)).toEqual(['wait_known', 'overdue', 'wait_ended']);
  });

  it('tells a person at its end also of a ticket that is not late', async () => {
    await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
    const { code } = await desk.complain(await desk.residentWithOldKk());
    await desk.work('push');
    const until = new Date(desk.clock.getTime() + hour);
    await desk.app.get(Snoozes).set(desk.officer, code, { until, reason: 'Menunggu kabar' });
    await desk.forward(hour);
    await desk.work('deadline');
    expect(await desk.sql('select reason from escalation')).toEqual([{ reason: 'wait_over' }]);
  });

  it('is ended early by whoever set it or by a supervisor, and then reminds as ever', async () => {
    await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
    const { code, id } = await desk.complain(await desk.residentWithOldKk());
    await desk.work('push');
    const until = new Date(desk.clock.getTime() + 48 * hour);
    const waits = desk.app.get(Snoozes);
    await waits.set(desk.officer, code, { until, reason: 'x' });
    const another = { ...desk.officer, officerId: newId() };
    await expect(waits.end(another, code)).rejects.toEqual(problem(403));
    await waits.end({ ...another, role: 'supervisor' }, code);
    expect(await desk.ticket(id)).toMatchObject({ snoozed_until: null });
    await expect(waits.end(desk.officer, code)).rejects.toEqual(problem(409));
    await desk.forward(24 * hour);
    await desk.work('deadline');
    expect(await desk.sql('select reason from escalation')).toEqual([{ reason: 'overdue' }]);
  });
});

describe('a closing day that comes near while a ticket is snoozed', () => {
  afterEach(() => desk.sql('delete from purpose'));

  it('makes it urgent at once, and alarms a person with that reason when the snooze is over', async () => {
    await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
    const { code, id } = await desk.complain(await desk.residentWithOldKk(), { purpose: 'bank' });
    await desk.work('push');
    const until = new Date(desk.clock.getTime() + 10 * hour);
    await desk.app.get(Snoozes).set(desk.officer, code, { until, reason: 'Gangguan di pusat' });
    const scope = new Scope([desk.officer.office.id], true);
    const closesAt = new Date(desk.clock.getTime() + 22 * hour);
    await desk.app.get(Purposes).setClosing({ ...desk.officer, role: 'admin', scope }, 'bank', closesAt);
    await desk.work('deadline');
    expect(await desk.ticket(id)).toMatchObject({ urgent: 1, snoozed_until: until });
    expect(await desk.sql(`select lane from work where kind = 'verify'`)).toEqual([{ lane: 'urgent' }]);
    expect(await desk.sql('select reason from escalation')).toEqual([]);
    await desk.forward(10 * hour);
    await desk.work('deadline');
    expect(await desk.ticket(id)).toMatchObject({ urgent: 1, snoozed_until: null });
    expect(await desk.sql('select reason from escalation')).toEqual([{ reason: 'deadline_before_due' }]);
  });
});

describe('a contest', () => {
  it('leaves a ticket resolved when the centre still agrees, with fresh evidence', async () => {
    const { code, id } = await desk.resolved();
    await desk.app.get(Contests).byOfficer(desk.officer, code, { reason: 'Masih ditolak SSCASN' });
    expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', waits_for: 'contested' });
    await desk.work('contest');
    expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', waits_for: null, contested_at: null });
    const last = (await desk.history(id)).at(-1);
    expect(last).toMatchObject({ kind: 'contest_dismissed', data: { result: 'still_matching' } });
    expect(
      await desk.sql(`select matched from reading where moment = 'contest' and ticket_id = ?`, [
        toBinary(id),
      ]),
    ).toEqual([{ matched: 1 }]);
    expect(await desk.sql('select kind from work')).toEqual([]);
  });

  it('reopens a ticket when it is true, as a new round that goes its way to a new proof', async () => {
    const { id, person } = await desk.resolved();
    await desk.resident({ ...person, noKk: '3319990203150077' });
    await desk.app.get(Contests).byApplicant(id);
    await desk.work('contest');
    expect(await desk.ticket(id)).toMatchObject({
      state: 'open',
      round: 2,
      proof_id: null,
      contested_at: null,
    });
    expect((await desk.history(id)).at(-1)).toMatchObject({
      kind: 'reopened',
      data: { because: 'contest', round: 2, verdicts: { kk: false } },
    });
    await desk.work('push');
    await desk.forward(5 * minute);
    await desk.work('verify');
    expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', round: 2 });
  });

  it('waits for a centre that is away, and a person is told by the incident', async () => {
    const { code, id } = await desk.resolved();
    await desk.mock.admin('PUT', '/admin/faults', { status503Share: 1 });
    await desk.app.get(Contests).byOfficer(desk.officer, code, { reason: 'x' });
    await desk.work('contest');
    expect(await desk.sql(`select reason from work where kind = 'contest'`)).toEqual([
      { reason: 'server_error' },
    ]);
    await desk.forward(2 * hour);
    await desk.work('deadline');
    expect(await desk.sql('select incident from escalation')).toEqual([{ incident: 'centre_not_answering' }]);
    await desk.mock.admin('PUT', '/admin/faults', {});
    await desk.forward(hour);
    await desk.work('contest');
    expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', contested_at: null });
    expect(await desk.sql('select kind from work')).toEqual([]);
  });

  it("is the applicant's once for each closing, nobody's twice at a time, and has its time", async () => {
    const { code, id } = await desk.resolved();
    const contests = desk.app.get(Contests);
    await contests.byApplicant(id);
    await expect(contests.byOfficer(desk.officer, code, { reason: 'x' })).rejects.toEqual(problem(409));
    await desk.work('contest');
    await expect(contests.byApplicant(id)).rejects.toEqual(problem(409));
    await desk.forward(14 * 24 * hour);
    await expect(contests.byOfficer(desk.officer, code, { reason: 'x' })).rejects.toThrow(
      'Log a new complaint',
    );
  });

  it('ends without a new round when the person has complained anew', async () => {
    const { id, person } = await desk.resolved();
    await desk.resident({ ...person, noKk: '3319990203150077' });
    await desk.app.get(Contests).byApplicant(id);
    await desk.complain(person);
    await desk.work('contest');
    expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', contested_at: null });
    expect((await desk.history(id)).at(-1)).toMatchObject({ data: { result: 'other_case_open' } });
  });
});

describe('closure', () => {
  it('needs a matching reading of this ticket, revision and round', async () => {
    const { id } = await desk.complain(await desk.residentWithOldKk());
    const ticket = await desk.app
      .get(Transactions)
      .run((transaction) => desk.app.get(WorkerTickets).find(transaction, id));
    if (!ticket) throw new Error('No such ticket');
    const proof = Object.assign(new Reading(), {
      id: newId(),
      ticketId: id,
      round: 1,
      statementId: ticket.statementId,
      matched: true,
    });
    expect(() => assertProof(ticket, proof)).not.toThrow();
    for (const other of [{ matched: false }, { round: 2 }, { ticketId: newId() }, { statementId: newId() }]) {
      expect(() => assertProof(ticket, { ...proof, ...other })).toThrow(NotProved);
    }
  });
});

it('ends an incident when the last ticket that waited for it is cancelled', async () => {
  await desk.mock.admin('PUT', '/admin/faults', { status503Share: 1 });
  const { code } = await desk.complain(await desk.residentWithOldKk());
  await desk.work('push');
  await desk.forward(2 * hour);
  await desk.work('deadline');
  const incidents = desk.app.get(Incidents);
  await incidents.endWithNothingWaiting();
  expect(await desk.sql('select state from escalation')).toEqual([{ state: 'open' }]);
  await desk.app.get(Moves).cancel(desk.officer, code, {});
  await incidents.endWithNothingWaiting();
  expect(await desk.sql('select state, outcome from escalation')).toEqual([
    { state: 'resolved', outcome: 'recovered' },
  ]);
});
