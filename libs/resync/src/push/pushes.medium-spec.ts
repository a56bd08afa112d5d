import { Evidence } from '../evidence';
import { ResyncDesk } from '../testing/resync-desk';
import { Verifications } from '../verification/verifications';
import { pushStateOf } from './push-state';
import { Pushes } from './pushes';
import type { WorkKindName } from '../testing/work-kind-name';
import { fromBinary, newId, toBinary } from '@sinkron/database';
import { syntheticKk } from '@sinkron/identity';
import { registryCalls } from '@sinkron/observability';
import { StaleLease, WorkTable } from '@sinkron/queue';
import { Corrections, Moves } from '@sinkron/tickets';

jest.setTimeout(60_000);
const minute = 60_000;
const hour = 60 * minute;

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261122);
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

it('begins a new clock with the first accepted push, whatever held up the clock before', async () => {
  const { id } = await desk.complain(await desk.residentWithOldKk());
  await desk.sql(`update ticket set held_by = 'centre_not_taking', due_at = utc_timestamp(3) where id = ?`, [
    toBinary(id),
  ]);
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ held_by: null, waits_for: 'waiting_for_resync' });
});

it('sends a push whose answer was lost again under its own key: one row in the ledger (R6)', async () => {
  const { id } = await desk.complain(await desk.residentWithOldKk());
  await desk.sql(`update ticket set verification = 'mismatch', disputed = '["kk"]'`);
  await desk.mock.admin('PUT', '/admin/faults', { loseAnswerShare: 1 });
  await desk.work('push');
  await desk.mock.admin('PUT', '/admin/faults', {});
  await desk.forward(hour);
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ status: 'syncing', pushes: 1 });
  expect(await desk.ledger()).toHaveLength(1);
});

describe('at the wish of the person concerned (UU PDP 27/2022 art. 41)', () => {
  /** The ticket is suspended when a worker has claimed the job and before it has begun. */
  async function suspendClaimed(code: string, kind: 'push' | 'verify'): Promise<void> {
    const [row] = await desk.sql(
      `select id, lease_no from work where kind = ? and subject_id = (select id from ticket where code = ?)`,
      [kind, code],
    );
    const job = { kind, id: fromBinary(row!.id as Buffer), leaseNo: Number(row!.lease_no) };
    const claim = (await desk.app.get(WorkTable).claim(job))!;
    await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'subject_request' });
    const handler = kind === 'push' ? desk.app.get(Pushes) : desk.app.get(Verifications);
    await expect(handler.perform(claim)).rejects.toThrow(StaleLease);
  }

  async function calls(): Promise<number> {
    const { values } = await registryCalls.get();
    return values.reduce((sum, { value }) => sum + value, 0);
  }

  it.each(['push', 'verify'] as const)('asks the centre nothing more once a %s is claimed', async (kind) => {
    const { code } = await desk.complain(await desk.residentWithOldKk());
    if (kind === 'verify') await desk.work('push');
    const before = await calls();
    await suspendClaimed(code, kind);
    expect(await calls()).toBe(before);
  });

  it('does not send a push that was composed already', async () => {
    const { code, id } = await desk.complain(await desk.residentWithOldKk());
    await desk.sql(`update ticket set verification = 'mismatch', disputed = '["kk"]' where code = ?`, [code]);
    await desk.sql(
      `insert into push (id, ticket_id, round, push_no, statement_id, composed_at)
       select ?, id, round, 1, statement_id, utc_timestamp(3) from ticket where id = ?`,
      [toBinary(newId()), toBinary(id)],
    );
    await suspendClaimed(code, 'push');
    expect(await desk.ledger()).toEqual([]);
  });

  it('is not lifted by a repeat, nor by a correction, nor does its time make it due', async () => {
    const person = await desk.residentWithOldKk();
    const { code, id } = await desk.complain(person);
    await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'subject_request' });
    await desk.complain(person, { urgent: { reason: 'Tutup malam ini.' } });
    await desk.app.get(Corrections).correct(desk.officer, code, { applicant: { birthPlace: 'Jepara' } });
    await desk.forward(48 * hour);
    await desk.work('push');
    await desk.work('deadline');
    expect(await desk.ticket(id)).toMatchObject({
      state: 'suspended',
      status: 'suspended',
      reason: 'subject_request',
    });
    expect(await desk.ledger()).toEqual([]);
    expect(await desk.sql(`select lane from work where kind = 'push'`)).toEqual([{ lane: 'held' }]);
  });
});

it('stops the clock and the work while suspended, and goes on where it stood (R17)', async () => {
  const { code, id } = await desk.complain(await desk.residentWithOldKk());
  const before = await desk.ticket(id);
  await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'requirements_unmet' });
  await desk.forward(3 * hour);
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ status: 'awaiting_documents', pushes: 0 });
  await desk.app.get(Moves).resume(desk.officer, code, {});
  const after = await desk.ticket(id);
  expect((after.due_at as Date).getTime() - (before.due_at as Date).getTime()).toBe(3 * hour);
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ status: 'syncing' });
});

it('pushes a correction anew, as a statement of its own, and keeps dueAt', async () => {
  const person = await desk.residentWithOldKk();
  const { code, id } = await desk.complain({
    ...person,
    noKk: syntheticKk({ regency: '3319', recordedOn: '2026-01-05', serial: 4711 }),
  });
  await desk.work('push');
  const { due_at: dueAt } = await desk.ticket(id);
  await desk.app.get(Corrections).correct(desk.officer, code, { applicant: { kk: person.noKk } });
  expect(await desk.ticket(id)).toMatchObject({ verification: 'unread', due_at: dueAt });
  await desk.forward(minute);
  await desk.work('push');
  await desk.forward(5 * minute);
  await desk.work('verify');
  expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', due_at: dueAt });
  const applied = (await desk.ledger()) as { noKk: string }[];
  expect(applied.at(-1)?.noKk).toBe(person.noKk);
});

it('pushes nothing for a ticket that is cancelled while the centre is being read', async () => {
  const { code, id } = await desk.complain(await desk.residentWithOldKk());
  await desk.mock.admin('PUT', '/admin/faults', { latencyMs: 800 });
  const job = desk.work('push');
  await claimed('push');
  await desk.app.get(Moves).cancel(desk.officer, code, {});
  await job;
  await desk.mock.admin('PUT', '/admin/faults', {});
  expect(await desk.ticket(id)).toMatchObject({ status: 'cancelled', verification: 'unread' });
  expect(await desk.ledger()).toEqual([]);
});

it('pushes under a new key after a push that the centre would not even take', async () => {
  const { code, id } = await desk.complain(await desk.residentWithOldKk());
  // An office that nobody knows has no code, and without one the centre takes nothing.
  await desk.sql('update ticket set office_id = ?', [toBinary(newId())]);
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ status: 'in_review', push: 'refused' });
  await desk.sql('update ticket set office_id = ?', [toBinary(desk.officer.office.id)]);
  await desk.app.get(Moves).repush(desk.officer, code, {});
  await desk.forward(minute);
  await desk.work('push');
  const { pushes } = await desk.app.get(Evidence).ofTicket(id);
  expect(pushes.map(pushStateOf)).toEqual(['refused', 'accepted']);
});

/** Waits until a worker has claimed the row and is asking the centre. */
async function claimed(kind: WorkKindName): Promise<void> {
  for (let look = 0; look < 100; look++) {
    const rows = await desk.sql('select 1 from work where kind = ? and lease_no > 1', [kind]);
    if (rows.length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}
