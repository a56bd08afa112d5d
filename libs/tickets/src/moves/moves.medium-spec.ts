import { TicketDesk } from '../testing/ticket-desk';
import { Contests } from './contests';
import { Corrections } from './corrections';
import { Moves } from './moves';
import { Snoozes } from './snoozes';
import { toBinary } from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import fc from 'fast-check';

jest.setTimeout(120_000);

let desk: TicketDesk;
beforeAll(async () => {
  desk = await TicketDesk.start(20261206);
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

describe('closure', () => {
  it('is refused by the database without a proof', async () => {
    const { id } = await desk.newTicket();
    const byHand = desk.sql(`update ticket set state = 'resolved', status = 'resolved' where id = ?`, [
      toBinary(id),
    ]);
    await expect(byHand).rejects.toThrow('ticket_resolved_is_proved');
  });
});

describe('what a ticket waits for', () => {
  it('is stored with its status, and the wait begins anew only when one of them changes', async () => {
    const { code, id } = await desk.newTicket();
    const received = desk.clock;
    expect(await desk.ticket(id)).toMatchObject({
      waits_for: 'waiting_for_hand_over',
      waiting_since: received,
    });
    await desk.forward(60_000);
    const moves = desk.app.get(Moves);
    await moves.note(desk.officer, code, { text: 'Pemohon bertanya.' });
    expect(await desk.ticket(id)).toMatchObject({ waiting_since: received });
    await moves.suspend(desk.officer, code, { reason: 'requirements_unmet' });
    expect(await desk.ticket(id)).toMatchObject({
      status: 'awaiting_documents',
      waits_for: 'requirements_unmet',
      waiting_since: desk.clock,
    });
    await moves.cancel(desk.officer, code, {});
    expect(await desk.ticket(id)).toMatchObject({ waits_for: null, waiting_since: null });
  });
});

describe('a suspension', () => {
  it('parks the work and moves dueAt by its length', async () => {
    const { code, id } = await desk.newTicket();
    const { due_at: dueAt } = await desk.ticket(id);
    const lanes = () =>
      desk.sql(`select lane from work where kind = 'push' and subject_id = ?`, [toBinary(id)]);
    await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'off_procedure' });
    expect(await lanes()).toEqual([{ lane: 'held' }]);
    await desk.forward(5 * 3_600_000);
    await desk.app.get(Moves).resume(desk.officer, code, {});
    expect(await lanes()).toEqual([{ lane: 'regular' }]);
    expect(await desk.ticket(id)).toMatchObject({
      due_at: new Date((dueAt as Date).getTime() + 5 * 3_600_000),
      suspended_at: null,
    });
  });
});

/** Everything that people can do to a ticket, a proof by the worker, and time. */
const events: Record<string, (code: string, id: string) => Promise<unknown>> = {
  suspend: (code) => desk.app.get(Moves).suspend(desk.officer, code, { reason: 'requirements_unmet' }),
  resume: (code) => desk.app.get(Moves).resume(desk.officer, code, {}),
  repush: (code) => desk.app.get(Moves).repush(desk.officer, code, {}),
  correct: (code) =>
    desk.app.get(Corrections).correct(desk.officer, code, { applicant: { birthPlace: null } }),
  escalate: (code) => desk.app.get(Moves).escalate(desk.officer, code, { reason: 'x' }),
  snooze: (code) => desk.app.get(Snoozes).set(desk.officer, code, { until: desk.inHours(5), reason: 'x' }),
  endSnooze: (code) => desk.app.get(Snoozes).end(desk.officer, code),
  reject: (code) => desk.app.get(Moves).reject(desk.officer, code, { reason: 'wrong_line' }),
  cancel: (code) => desk.app.get(Moves).cancel(desk.officer, code, {}),
  reopen: (code) => desk.app.get(Moves).reopen(desk.officer, code, { reason: 'x' }),
  contest: (code) => desk.app.get(Contests).byOfficer(desk.officer, code, { reason: 'x' }),
  resolve: async (_, id) => {
    const { state } = await desk.ticket(id);
    if (state === 'open' || state === 'in_review') await desk.resolve(id);
  },
  someHours: () => desk.forward(7 * 3_600_000),
};

it('no sequence of moves leaves a ticket that waits without a check of its deadline, or a closed one with work', async () => {
  const event = fc.constantFrom(...Object.keys(events));
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 20 }), async (names) => {
      await desk.clear();
      const { code, id } = await desk.newTicket();
      for (const name of names) {
        // What the lifecycle forbids now is told to whoever asked, and changes nothing.
        await events[name]?.(code, id).catch((error: unknown) => {
          if (!(error instanceof Problem)) throw error;
        });
        expect({ name, wrong: await whatIsWrong(id) }).toEqual({ name, wrong: [] });
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

async function whatIsWrong(id: string): Promise<string[]> {
  const ticket = await desk.ticket(id);
  const work = await desk.sql('select kind, lane from work where subject_id = ?', [toBinary(id)]);
  const has = (kind: string) => work.some((row) => row.kind === kind && row.lane !== 'held');
  const closed = ['resolved', 'rejected', 'cancelled'].includes(String(ticket.state));
  const waits = !closed || ticket.contested_at !== null;
  const rules: [string, boolean][] = [
    ['nothing is left of a closed ticket', waits || work.length === 0],
    ['what waits has a deadline', !waits || has('deadline')],
    [
      'what waits says for what and since when',
      waits === (ticket.waits_for !== null && ticket.waiting_since !== null),
    ],
    ['an open ticket has work at the centre', ticket.state !== 'open' || has('push')],
    ['a contested one is read again', ticket.contested_at === null || has('contest')],
    ['what is resolved is proved', ticket.state !== 'resolved' || ticket.proof_id !== null],
    ['only what is not suspended is snoozed', ticket.state !== 'suspended' || ticket.snoozed_until === null],
    ['a closed one is not snoozed', !closed || ticket.snoozed_until === null],
  ];
  return rules.flatMap(([rule, holds]) => (holds ? [] : [rule]));
}
