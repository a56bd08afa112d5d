import * as fc from 'fast-check';
import {
  acceptedDueAt,
  clockOf,
  contestEnd,
  firstDueAt,
  nextDeadline,
  pushLimitOf,
  rankOf,
} from './deadlines';
import { Ticket } from './ticket';
import type { Durations } from '@sinkron/config';
import { newId } from '@sinkron/database';

const hour = 3_600_000;
const start = new Date('2026-11-22T02:00:00Z');
const after = (hours: number) => new Date(start.getTime() + hours * hour);
const durations = {
  pushLimit: 2 * hour,
  day: 24 * hour,
  standstill: 72 * hour,
  contestWindow: 14 * 24 * hour,
} as Durations;

/** Received at `start`, with the deadline of a new ticket. */
function newTicket(deadlineAt: Date | null = null): Ticket {
  return Ticket.create({
    id: newId(),
    code: 'c',
    personId: newId(),
    service: 'nik_kk_sync',
    purpose: 'bank',
    cause: 'other',
    channel: 'counter',
    officeId: newId(),
    statementId: newId(),
    receivedAt: start,
    dueAt: firstDueAt(start, durations),
    deadlineAt,
    deadlineStated: deadlineAt !== null,
  });
}

it('gives a round two hours to be pushed and a day more, and a day from the accepted push', () => {
  expect(firstDueAt(start, durations)).toEqual(after(26));
  expect(acceptedDueAt(after(3), durations)).toEqual(after(27));
  expect(pushLimitOf(newTicket(), durations)).toEqual(after(2));
  expect(contestEnd(start, durations)).toEqual(after(14 * 24));
});

describe('whatever the lengths', () => {
  const length = fc.integer({ min: 1, max: 100 * hour });
  const given = (pushLimit: number, day: number) => ({ ...durations, pushLimit, day });

  it('the push limit of a new round is its beginning and the limit, and moves with dueAt', () => {
    fc.assert(
      fc.property(length, length, fc.nat(100 * hour), (pushLimit, day, paused) => {
        const own = given(pushLimit, day);
        const dueAt = new Date(firstDueAt(start, own).getTime() + paused);
        expect(pushLimitOf({ roundAt: start, dueAt }, own).getTime()).toBe(
          start.getTime() + pushLimit + paused,
        );
      }),
    );
  });

  it('the push limit never comes earlier because the day has become longer since', () => {
    fc.assert(
      fc.property(length, length, fc.nat(100 * hour), (pushLimit, day, more) => {
        const dueAt = firstDueAt(start, given(pushLimit, day));
        const limit = pushLimitOf({ roundAt: start, dueAt }, given(pushLimit, day + more));
        expect(limit.getTime()).toBe(start.getTime() + pushLimit);
      }),
    );
  });

  it('the clock ends at dueAt, and one incident holds it for the time from the accepted push at most', () => {
    fc.assert(
      fc.property(length, length, (pushLimit, day) => {
        const own = given(pushLimit, day);
        const endOf = (acceptedAt: Date | null) => {
          const clock = clockOf({ roundAt: start, acceptedAt }, own);
          expect(clock.longestHold).toBe(day);
          return new Date(clock.from.getTime() + clock.length);
        };
        expect(endOf(null)).toEqual(firstDueAt(start, own));
        expect(endOf(after(1))).toEqual(acceptedDueAt(after(1), own));
      }),
    );
  });
});

describe('the next check of a ticket', () => {
  const check = (ticket: Ticket, hours: number) => nextDeadline(ticket, after(hours), durations);

  it('that waits for its first push is at the push limit, then at dueAt', () => {
    expect(check(newTicket(), 0)).toEqual(after(2));
    expect(check(newTicket(), 2)).toEqual(after(26));
  });

  it('whose push is accepted is at its new dueAt', () => {
    const ticket = newTicket();
    ticket.acceptPush(after(1), acceptedDueAt(after(1), durations));
    expect(check(ticket, 1)).toEqual(after(25));
  });

  it('that is suspended is three days after that, and its dueAt moves when it is resumed', () => {
    const ticket = newTicket();
    ticket.suspend(after(1), 'off_procedure');
    expect(check(ticket, 50)).toEqual(after(73));
    ticket.resume(after(11));
    expect(check(ticket, 11)).toEqual(after(12));
    expect(ticket.dueAt).toEqual(after(36));
  });

  it('that is snoozed is at the end of the snooze, but never past the instant at which it is overdue', () => {
    const ticket = newTicket();
    ticket.snooze(after(20), null);
    expect(check(ticket, 1)).toEqual(after(20));
    ticket.snooze(after(60), null);
    expect(check(ticket, 1)).toEqual(after(26));
    ticket.becomeOverdue();
    expect(check(ticket, 27)).toEqual(after(60));
  });

  it('that is overdue is every day', () => {
    const ticket = newTicket();
    ticket.becomeOverdue();
    expect(check(ticket, 30)).toEqual(after(54));
  });

  it('whose resolution is contested is two hours after that, then every day', () => {
    const ticket = newTicket();
    ticket.close(after(5), { move: 'resolve', outcome: 'synchronised', proofId: newId() });
    ticket.contest(after(10));
    expect(check(ticket, 10)).toEqual(after(12));
    expect(check(ticket, 13)).toEqual(after(37));
  });
});

it('ranks regular tickets by the beginning of their round, and urgent ones by the nearest deadline', () => {
  const ticket = newTicket(after(9));
  expect(rankOf(ticket)).toEqual(start);
  ticket.becomeUrgent();
  expect(rankOf(ticket)).toEqual(after(9));
  const without = newTicket();
  without.becomeUrgent();
  expect(rankOf(without)).toEqual(after(26));
});
