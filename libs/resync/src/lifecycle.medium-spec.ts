import { ResyncDesk } from './testing/resync-desk';
import { Problem } from '@sinkron/observability';
import { Contests, Corrections, Moves, Snoozes } from '@sinkron/tickets';
import fc from 'fast-check';

jest.setTimeout(120_000);
const minute = 60_000;
const hour = 60 * minute;

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261125);
});
afterAll(() => desk.close());

type Event = (code: string) => Promise<unknown>;

/** Everything that officers, the applicant, the worker, the centre and the clock can do to a ticket. */
const events: Record<string, Event> = {
  suspend: (code) => desk.app.get(Moves).suspend(desk.officer, code, { reason: 'requirements_unmet' }),
  resume: (code) => desk.app.get(Moves).resume(desk.officer, code, {}),
  repush: (code) => desk.app.get(Moves).repush(desk.officer, code, {}),
  correct: (code) =>
    desk.app.get(Corrections).correct(desk.officer, code, { applicant: { birthPlace: null } }),
  escalate: (code) => desk.app.get(Moves).escalate(desk.officer, code, { reason: 'x' }),
  wait: (code) =>
    desk.app
      .get(Snoozes)
      .set(desk.officer, code, { until: new Date(desk.clock.getTime() + 5 * hour), reason: 'x' }),
  endWait: (code) => desk.app.get(Snoozes).end(desk.officer, code),
  cancel: (code) => desk.app.get(Moves).cancel(desk.officer, code, {}),
  reopen: (code) => desk.app.get(Moves).reopen(desk.officer, code, { reason: 'x' }),
  contest: (code) => desk.app.get(Contests).byOfficer(desk.officer, code, { reason: 'x' }),
  push: () => desk.work('push'),
  verify: () => desk.work('verify'),
  judge: () => desk.work('contest'),
  deadline: () => desk.work('deadline'),
  someMinutes: () => desk.forward(11 * minute),
  someHours: () => desk.forward(7 * hour),
  centreFails: () => desk.mock.admin('PUT', '/admin/faults', { status503Share: 1 }),
  centreWorks: () => desk.mock.admin('PUT', '/admin/faults', {}),
  centreTakesNothing: () => desk.mock.admin('PUT', '/admin/take-rate', { share: 0 }),
  centreTakes: () => desk.mock.admin('PUT', '/admin/take-rate', { share: 1 }),
  centreRefuses: () => desk.mock.admin('PUT', '/admin/verification', { answerCode: '11' }),
  centreKnows: () => desk.mock.admin('PUT', '/admin/verification', {}),
};

it('no sequence of events leaves a ticket that waits without a next thing that happens', async () => {
  // The worker's part comes up more often, or few sequences would get far.
  const often = ['push', 'verify', 'judge', 'deadline', 'someMinutes', 'push', 'verify', 'someMinutes'];
  const event = fc.constantFrom(...Object.keys(events), ...often);
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 8, maxLength: 24 }), async (names) => {
      await desk.clear();
      await desk.mock.admin('PUT', '/admin/faults', {});
      await desk.mock.admin('PUT', '/admin/verification', {});
      const { code, id } = await desk.complain(await desk.residentWithOldKk());
      for (const name of names) {
        // What the tables forbid now is told to whoever asked, and changes nothing.
        await events[name]?.(code).catch(unlessRefused);
        expect({ name, wrong: await whatIsWrong(id) }).toEqual({ name, wrong: [] });
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

function unlessRefused(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}

async function whatIsWrong(id: string): Promise<string[]> {
  const ticket = await desk.ticket(id);
  // An incident of the centre goes on without the ticket, and so does the work for it.
  const work = await desk.sql(
    'select kind, lane, due_at, reason from work where subject_id not in (select id from escalation where incident is not null)',
  );
  const has = (...kinds: string[]) =>
    work.some(
      ({ kind, lane, due_at: dueAt }) => kinds.includes(String(kind)) && lane !== 'held' && dueAt !== null,
    );
  const closed = ['resolved', 'rejected', 'cancelled'].includes(String(ticket.state));
  const waits = !closed || ticket.contested_at !== null;
  const rules: [string, boolean][] = [
    ['nothing is left of a closed ticket', waits || work.length === 0],
    ['what waits has a deadline', !waits || has('deadline')],
    [
      'what waits says for what and since when',
      waits === (ticket.waits_for !== null && ticket.waiting_since !== null),
    ],
    ['an open ticket has work at the centre', ticket.state !== 'open' || has('push', 'verify')],
    ['a contested one is read again', ticket.contested_at === null || has('contest')],
    ['a review and a suspension have a reason', ticket.state === 'open' || closed || ticket.reason !== null],
    ['what is resolved is proved', ticket.state !== 'resolved' || ticket.proof_id !== null],
    ['no step was illegal', work.every(({ reason }) => reason !== 'internal_error')],
  ];
  return rules.flatMap(([rule, holds]) => (holds ? [] : [rule]));
}
