import { TicketDesk } from '../testing/ticket-desk';
import { Moves } from './moves';
import { Snoozes } from './snoozes';
import { toBinary } from '@sinkron/database';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await TicketDesk.start(20261202);
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

async function snoozed() {
  const made = await desk.newTicket();
  const until = desk.inHours(20);
  await desk.app.get(Snoozes).set(desk.officer, made.code, { until, reason: 'Gangguan di pusat' });
  return made;
}

const lane = async (id: string) =>
  (await desk.sql(`select lane from work where kind = 'push' and subject_id = ?`, [toBinary(id)]))[0]?.lane;

describe('a snoozed ticket', () => {
  it('becomes urgent by a repeat with a near deadline, in the urgent lane and without an alarm', async () => {
    const { id, person } = await snoozed();
    await desk.submit(person, { deadlineAt: desk.inHours(22).toISOString() });
    expect(await desk.ticket(id)).toMatchObject({ urgent: 1, deadline_stated: 1 });
    expect(await lane(id)).toBe('urgent');
    expect((await desk.history(id)).at(-1)).toEqual({
      kind: 'urgent',
      data: { reason: 'deadline_before_due' },
    });
    expect(await desk.alarms()).toEqual([]);
  });

  it('alarms when an officer flags it in a repeat, also when it is urgent already', async () => {
    const { person } = await snoozed();
    await desk.submit(person, { urgent: { reason: 'Pendaftaran tutup malam ini.' } });
    expect(await desk.alarms()).toEqual(['officer_flag']);
    const other = await snoozed();
    await desk.submit(other.person, { deadlineAt: desk.inHours(22).toISOString() });
    await desk.submit(other.person, { urgent: { reason: 'Pendaftaran tutup malam ini.' } });
    expect(await desk.alarms()).toEqual(['officer_flag', 'officer_flag']);
  });

  it('alarms when an officer escalates it', async () => {
    const { code } = await snoozed();
    await desk.app.get(Moves).escalate(desk.officer, code, { reason: 'Tutup malam ini.' });
    expect(await desk.alarms()).toEqual(['officer_flag']);
  });

  it('raises the deferred alarm when the snooze is ended early, and none where there was no reason', async () => {
    const { code, person } = await snoozed();
    await desk.submit(person, { deadlineAt: desk.inHours(22).toISOString() });
    await desk.app.get(Snoozes).end(desk.officer, code);
    expect(await desk.alarms()).toEqual(['deadline_before_due']);
    const other = await snoozed();
    await desk.app.get(Snoozes).end(desk.officer, other.code);
    expect(await desk.alarms()).toEqual(['deadline_before_due']);
  });
});

describe('any other ticket', () => {
  it('alarms by a repeat with a near deadline, and by no number of repeats without one', async () => {
    const { id, person } = await desk.newTicket();
    for (let times = 0; times < 3; times++) await desk.submit(person);
    expect([await desk.alarms(), (await desk.ticket(id)).urgent]).toEqual([[], 0]);
    await desk.submit(person, { deadlineAt: desk.inHours(22).toISOString() });
    expect([await desk.alarms(), await lane(id)]).toEqual([['deadline_before_due'], 'urgent']);
  });

  it('alarms when it is resumed after its deadline has come near', async () => {
    const { code, id } = await desk.newTicket({ deadlineAt: desk.inHours(60).toISOString() });
    expect(await desk.alarms()).toEqual([]);
    await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'off_procedure' });
    await desk.forward(40 * 3_600_000);
    await desk.app.get(Moves).resume(desk.officer, code, {});
    expect(await desk.alarms()).toEqual(['deadline_before_due']);
    expect((await desk.history(id)).map(({ kind }) => kind).slice(-2)).toEqual(['resumed', 'urgent']);
  });

  it('is judged when it changes office, whose region has another lag; a suspended one is not', async () => {
    const { office } = await desk.officerAt('3509', 'Disdukcapil Jember');
    const input = { officeId: office.id, reason: 'Pemohon sudah pindah.' };
    const moved = async (suspended: boolean) => {
      const { code, id } = await desk.newTicket();
      if (suspended) await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'off_procedure' });
      // Stands for a chance that is too small there: the rule of the deadline is the same.
      await desk.sql('update ticket set deadline_at = ? where id = ?', [desk.inHours(22), toBinary(id)]);
      await desk.app.get(Moves).transfer(desk.officer, code, input);
      return (await desk.ticket(id)).urgent;
    };
    expect([await moved(false), await moved(true)]).toEqual([1, 0]);
    expect(await desk.alarms()).toEqual(['deadline_before_due']);
  });

  it('is judged anew when it is reopened, and says so in its history', async () => {
    const { code, id } = await desk.newTicket({ deadlineAt: '2026-11-23T20:00:00Z' });
    await desk.app.get(Moves).cancel(desk.officer, code, {});
    await desk.forward(20 * 3_600_000);
    await desk.app.get(Moves).reopen(desk.officer, code, { reason: 'Pemohon kembali' });
    expect((await desk.history(id)).slice(-2)).toMatchObject([
      { kind: 'reopened' },
      { kind: 'urgent', data: { reason: 'deadline_before_due' } },
    ]);
  });
});
