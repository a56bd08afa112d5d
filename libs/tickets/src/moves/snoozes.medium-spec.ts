import { TicketDesk } from '../testing/ticket-desk';
import { Moves } from './moves';
import { Snoozes } from './snoozes';
import { newId, toBinary } from '@sinkron/database';

const hour = 3_600_000;

let desk: TicketDesk;
beforeAll(async () => {
  desk = await TicketDesk.start(20261205);
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

const problem = (status: number) => expect.objectContaining({ status });
const deadline = async (id: string) =>
  (await desk.sql(`select due_at from work where kind = 'deadline' and subject_id = ?`, [toBinary(id)]))[0]
    ?.due_at;

describe('a snooze', () => {
  it('reaches seven days ahead and never past the own deadline of the applicant', async () => {
    const { code } = await desk.newTicket({ deadlineAt: '2026-11-26T00:00:00Z' });
    const set = (until: string) =>
      desk.app.get(Snoozes).set(desk.officer, code, { until: new Date(until), reason: 'x' });
    for (const [until, refusal] of [
      ['2026-11-22T02:00:00Z', 'until_passed'],
      ['2026-11-29T02:00:01Z', 'until_too_late'],
      ['2026-11-26T00:00:01Z', 'until_after_deadline'],
    ] as const) {
      await expect(set(until)).rejects.toMatchObject({
        status: 422,
        errors: [{ field: 'until', code: refusal }],
      });
    }
    await expect(set('2026-11-26T00:00:00Z')).resolves.toBeDefined();
  });

  it('moves the check of the deadline to its end, but never past the instant at which the ticket is overdue', async () => {
    const { code, id } = await desk.newTicket();
    const { due_at: dueAt } = await desk.ticket(id);
    const snoozes = desk.app.get(Snoozes);
    await snoozes.set(desk.officer, code, { until: desk.inHours(20), reason: 'Menunggu kabar' });
    expect(await deadline(id)).toEqual(desk.inHours(20));
    await snoozes.set(desk.officer, code, { until: desk.inHours(60), reason: 'Menunggu kabar' });
    expect(await deadline(id)).toEqual(dueAt);
    expect((await desk.history(id)).map(({ kind }) => kind)).toEqual([
      'received',
      'wait_known',
      'wait_known',
    ]);
  });

  it('is ended by whoever set it or by a supervisor, and by nobody twice', async () => {
    const { code, id } = await desk.newTicket();
    const snoozes = desk.app.get(Snoozes);
    const before = await deadline(id);
    await snoozes.set(desk.officer, code, { until: desk.inHours(20), reason: 'Menunggu kabar' });
    const another = { ...desk.officer, officerId: newId() };
    await expect(snoozes.end(another, code)).rejects.toEqual(problem(403));
    await snoozes.end({ ...another, role: 'supervisor' }, code);
    expect(await desk.ticket(id)).toMatchObject({ snoozed_until: null, snooze_note_id: null });
    expect(await deadline(id)).toEqual(before);
    await expect(snoozes.end(desk.officer, code)).rejects.toEqual(problem(409));
  });

  it('ends with a suspension, which has a deadline of its own, and with the ticket', async () => {
    for (const end of ['suspend', 'cancel'] as const) {
      const { code, id } = await desk.newTicket();
      await desk.app.get(Snoozes).set(desk.officer, code, { until: desk.inHours(5), reason: 'x' });
      await desk.app.get(Moves)[end](desk.officer, code, { reason: 'off_procedure' });
      expect(await desk.ticket(id)).toMatchObject({ snoozed_until: null, snooze_note_id: null });
    }
  });

  it('cannot be set on a suspended ticket', async () => {
    const { code } = await desk.newTicket();
    await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'off_procedure' });
    const until = new Date(desk.clock.getTime() + hour);
    const set = desk.app.get(Snoozes).set(desk.officer, code, { until, reason: 'x' });
    await expect(set).rejects.toEqual(problem(409));
  });
});
