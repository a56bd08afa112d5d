import { isAtStandstill, isContestLate, isUntaken, nextCheck, snoozeEndsBy } from './deadline-rules';
import type { Durations } from '@sinkron/config';
import type { Ticket } from '@sinkron/tickets';

const hour = 3_600_000;
const start = new Date('2026-11-22T02:00:00Z');
const after = (hours: number) => new Date(start.getTime() + hours * hour);
const durations = { pushLimit: 2 * hour, day: 24 * hour, standstill: 72 * hour } as Durations;

/** Received at `start`: to be taken within two hours, due a day after that. */
const waiting = {
  state: 'open',
  roundAt: start,
  acceptedAt: null,
  dueAt: after(26),
  deadlineAt: null,
  overdue: false,
  heldBy: null,
  snoozedUntil: null,
  suspendedAt: null,
  contestedAt: null,
} as unknown as Ticket;
const ticket = (facts: Partial<Ticket>): Ticket => Object.assign({ ...waiting } as Ticket, facts);

it('says of an open ticket that nobody took in two hours that the centre takes nothing, and of no other', () => {
  const untaken = (facts: Partial<Ticket>, hours: number) =>
    isUntaken(ticket(facts), after(hours), durations);
  expect(untaken({}, 1.99)).toBe(false);
  expect(untaken({}, 2)).toBe(true);
  expect(untaken({ acceptedAt: after(1) }, 3)).toBe(false);
  expect(untaken({ state: 'in_review' }, 3)).toBe(false);
});

it('tells somebody of a suspension that has lasted so long as is set, and not before', () => {
  const suspended = ticket({ state: 'suspended', suspendedAt: after(1) });
  expect(isAtStandstill(suspended, after(72.99), durations)).toBe(false);
  expect(isAtStandstill(suspended, after(73), durations)).toBe(true);
});

it('tells somebody of a contested ticket that was not read again in two hours', () => {
  const contested = ticket({ state: 'resolved', contestedAt: after(10) });
  expect(isContestLate(contested, after(11.99), durations)).toBe(false);
  expect(isContestLate(contested, after(12), durations)).toBe(true);
  expect(isContestLate(waiting, after(12), durations)).toBe(false);
});

it.each([
  ['runs', 10, null, null],
  ['is over', 5, null, 'time'],
  ['is over, whatever the deadline', 5, 7, 'time'],
  ['runs past a deadline to come', 10, 9, 'deadline'],
  ['ends at the deadline', 10, 10, null],
  ['ends before the deadline', 10, 11, null],
  ['was set past a deadline that has passed', 10, 4, null],
  ['runs past a deadline that passes now', 10, 5, null],
])('a snooze that %s, at hour 5: until %s, deadline %s → ended by %s', (_, until, deadline, by) => {
  const deadlineAt = deadline === null ? null : after(deadline);
  expect(snoozeEndsBy({ snoozedUntil: after(until), deadlineAt }, after(5))).toBe(by);
});

it('takes a ticket that is snoozed no more as one whose time is over', () => {
  expect(snoozeEndsBy({ snoozedUntil: null, deadlineAt: after(9) }, after(5))).toBe('time');
});

it.each<[string, Partial<Ticket>, number, number]>([
  ['waits for its first push', {}, 0, 2],
  ['still waits for it after two hours', {}, 3, 5],
  ['still waits for it, its day nearly over', {}, 25, 26],
  ['was taken', { acceptedAt: after(1), dueAt: after(25) }, 1, 25],
  ['waits for a person', { state: 'in_review' }, 3, 26],
  ['is snoozed', { snoozedUntil: after(20) }, 3, 20],
  ['is suspended', { state: 'suspended', suspendedAt: after(1) }, 3, 73],
  ['is suspended, and somebody was told', { state: 'suspended', suspendedAt: after(1) }, 73, 145],
  ['is held by an incident of the centre', { acceptedAt: after(1), dueAt: after(25), heldBy: 'x' }, 30, 32],
  ['is contested', { state: 'resolved', contestedAt: after(10), acceptedAt: after(1) }, 10, 12],
])('a ticket that %s is looked at again (%j, hour %s → hour %s)', (_, facts, now, next) => {
  expect(nextCheck(ticket(facts), after(now), durations)).toEqual(after(next));
});
