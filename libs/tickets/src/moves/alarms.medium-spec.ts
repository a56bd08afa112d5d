import { TicketDesk } from '../testing/ticket-desk';
import { Corrections } from './corrections';
import { Moves } from './moves';
import { Snoozes } from './snoozes';
import { toBinary } from '@sinkron/database';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await TicketDesk.start(20261206);
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.clear();
  await desk.sql('delete from escalation_entry');
});

const moves = () => desk.app.get(Moves);
const correct = (code: string, deadlineAt: Date | null) =>
  desk.app.get(Corrections).correct(desk.officer, code, { deadlineAt });
const suspend = (code: string) => moves().suspend(desk.officer, code, { reason: 'requirements_unmet' });
const alarms = async () =>
  (await desk.sql('select reason, state, outcome, deadline_at from escalation order by id')).map(
    ({ reason, state, outcome }) => [reason, state, outcome].filter(Boolean).join(' '),
  );
const causes = async () =>
  (await desk.sql(`select data from escalation_entry where kind = 'resolved' order by id`)).map(
    ({ data }) => (JSON.parse(data as string) as { cause: string }).cause,
  );
const ladders = () => desk.sql(`select 1 from work where kind = 'ladder'`);
const kinds = async (id: string) => (await desk.history(id)).map(({ kind }) => kind);
const push = async (id: string) =>
  (
    await desk.sql(`select lane, rank_at from work where kind = 'push' and subject_id = ?`, [toBinary(id)])
  )[0];

it('takes back the alarm of a ticket that is suspended, and raises it again when it is resumed', async () => {
  const { code } = await desk.newTicket();
  await moves().escalate(desk.officer, code, { reason: 'Tutup malam ini.' });
  await suspend(code);
  expect(await alarms()).toEqual(['officer_flag resolved withdrawn']);
  expect([await causes(), await ladders()]).toEqual([['suspended'], []]);
  await moves().resume(desk.officer, code, {});
  expect(await alarms()).toEqual(['officer_flag resolved withdrawn', 'officer_flag open']);
  expect(await ladders()).toHaveLength(1);
});

it('raises nothing at the end of a suspension that a person had ended before it', async () => {
  const { code } = await desk.newTicket();
  await moves().escalate(desk.officer, code, { reason: 'Tutup malam ini.' });
  await desk.sql(`update escalation set state = 'resolved', open_marker = null, outcome = 'false_alarm'`);
  await suspend(code);
  await moves().resume(desk.officer, code, {});
  expect(await alarms()).toEqual(['officer_flag resolved false_alarm']);
});

it('hears a flag while it is suspended, and no repeat without one', async () => {
  const { code, person } = await desk.newTicket();
  await suspend(code);
  await desk.submit(person, { deadlineAt: desk.inHours(2).toISOString() });
  expect(await alarms()).toEqual([]);
  await moves().escalate(desk.officer, code, { reason: 'Pemohon menunggu di loket.' });
  await correct(code, desk.inHours(3));
  expect(await alarms()).toEqual(['officer_flag open']);
});

describe('a deadline that is corrected', () => {
  it('later: takes back the alarm and the place; earlier: gives both again', async () => {
    const { code, id } = await desk.newTicket({ deadlineAt: desk.inHours(5).toISOString() });
    const { ticket } = await correct(code, desk.inHours(100));
    expect(ticket).toMatchObject({ urgent: false, deadlineAt: desk.inHours(100), deadlineStated: true });
    expect(await alarms()).toEqual(['deadline_before_due resolved withdrawn']);
    expect(await causes()).toEqual(['deadline_changed']);
    expect(await push(id)).toMatchObject({ lane: 'regular', rank_at: desk.clock });
    await correct(code, desk.inHours(6));
    expect(await desk.ticket(id)).toMatchObject({ urgent: 1 });
    expect(await alarms()).toEqual(['deadline_before_due resolved withdrawn', 'deadline_before_due open']);
    expect(await push(id)).toEqual({ lane: 'urgent', rank_at: desk.inHours(6) });
    expect((await desk.history(id)).slice(2)).toEqual([
      { kind: 'corrected', data: { fields: ['deadlineAt'] } },
      { kind: 'deadline_changed', data: { deadlineAt: desk.inHours(100).toISOString(), by: 'correction' } },
      { kind: 'urgency_ended', data: null },
      { kind: 'corrected', data: { fields: ['deadlineAt'] } },
      { kind: 'deadline_changed', data: { deadlineAt: desk.inHours(6).toISOString(), by: 'correction' } },
      { kind: 'urgent', data: { reason: 'deadline_before_due' } },
    ]);
  });

  it('touches neither the revision nor what is known of the centre', async () => {
    const { code, id } = await desk.newTicket();
    await desk.sql(`update ticket set push = 'accepted', verification = 'mismatch', pushes = 1`);
    const before = await desk.ticket(id);
    await correct(code, desk.inHours(100));
    const { push: state, verification, pushes, statement_id: statement } = await desk.ticket(id);
    expect([state, verification, pushes, statement]).toEqual([
      'accepted',
      'mismatch',
      1,
      before.statement_id,
    ]);
  });

  it('moves what presses still to its place, and the alarm says so', async () => {
    const { code, id } = await desk.newTicket({ deadlineAt: desk.inHours(5).toISOString() });
    await correct(code, desk.inHours(9));
    expect(await push(id)).toEqual({ lane: 'urgent', rank_at: desk.inHours(9) });
    expect(await desk.sql('select state, deadline_at from escalation')).toEqual([
      { state: 'open', deadline_at: desk.inHours(9) },
    ]);
  });

  it('leaves urgent what an officer has flagged, whatever the deadline', async () => {
    const urgent = { reason: 'Pendaftaran tutup malam ini.' };
    const { code, id } = await desk.newTicket({ deadlineAt: desk.inHours(5).toISOString(), urgent });
    await correct(code, null);
    expect(await desk.ticket(id)).toMatchObject({ urgent: 1, deadline_at: null, deadline_stated: 0 });
    expect(await alarms()).toEqual(['officer_flag open']);
  });

  it('follows the purpose where none was stated', async () => {
    await desk.sql(`insert into purpose (code, closes_at, changed_at) values ('bank', ?, utc_timestamp(3))`, [
      desk.inHours(5),
    ]);
    const { code, id } = await desk.newTicket({ purpose: 'bpjs' });
    const corrections = desk.app.get(Corrections);
    await corrections.correct(desk.officer, code, { purpose: 'bank', note: 'Salah pilih.' });
    expect(await desk.ticket(id)).toMatchObject({ purpose: 'bank', urgent: 1, deadline_at: desk.inHours(5) });
    expect((await desk.history(id))[1]).toEqual({
      kind: 'corrected',
      data: { fields: ['purpose'], purpose: { from: 'bpjs', to: 'bank' } },
    });
    await corrections.correct(desk.officer, code, { purpose: 'bpjs' });
    expect(await desk.ticket(id)).toMatchObject({ urgent: 0, deadline_at: null });
  });
});

it('takes back the alarm about a wait that was over when another wait is set', async () => {
  const { code } = await desk.newTicket();
  await moves().escalate(desk.officer, code, { reason: 'x' });
  await desk.sql(`update escalation set reason = 'wait_over'`);
  await desk.app.get(Snoozes).set(desk.officer, code, { until: desk.inHours(3), reason: 'Kabar dari pusat' });
  expect([await alarms(), await causes()]).toEqual([['wait_over resolved withdrawn'], ['wait_known']]);
});

describe('a repeat that states a deadline', () => {
  const warned = async (person: Parameters<TicketDesk['submit']>[0], hours: number) =>
    (await desk.submit(person, { deadlineAt: desk.inHours(hours).toISOString() })).warnings
      .map(({ field, code }) => `${field} ${code}`)
      .filter((warning) => warning.includes('later'));

  it('later than the one that counts says so in the answer and in the history', async () => {
    const { id, person } = await desk.newTicket({ deadlineAt: desk.inHours(60).toISOString() });
    expect(await warned(person, 90)).toEqual(['deadlineAt later_deadline_not_taken']);
    expect(await desk.ticket(id)).toMatchObject({ deadline_at: desk.inHours(60) });
    expect((await desk.history(id)).at(-1)).toEqual({
      kind: 'repeated',
      data: { deadlineAt: desk.inHours(90).toISOString(), deadline: 'later_not_taken' },
    });
    expect(await warned(person, 60)).toEqual([]);
    expect(await warned(person, 40)).toEqual([]);
    expect((await desk.history(id)).at(-1)?.data).toMatchObject({ deadline: 'taken' });
  });

  it('nearer moves the place and the alarm of what was urgent before', async () => {
    const { id, person } = await desk.newTicket({ deadlineAt: desk.inHours(9).toISOString() });
    await warned(person, 5);
    expect(await push(id)).toEqual({ lane: 'urgent', rank_at: desk.inHours(5) });
    expect(await desk.sql('select deadline_at from escalation')).toEqual([{ deadline_at: desk.inHours(5) }]);
    expect(await kinds(id)).toEqual(['received', 'urgent', 'repeated']);
  });

  it('nearer than the end of a snooze has the snooze looked at now', async () => {
    const { code, id, person } = await desk.newTicket();
    await desk.app.get(Snoozes).set(desk.officer, code, { until: desk.inHours(20), reason: 'Gangguan' });
    await warned(person, 10);
    const due = `select 1 from work where kind = 'deadline' and subject_id = ? and due_at <= utc_timestamp(3)`;
    expect(await desk.sql(due, [toBinary(id)])).toHaveLength(1);
  });
});
