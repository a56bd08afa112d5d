import type { Durations } from '@sinkron/config';
import { nextDeadline, pushLimitOf, type Ticket } from '@sinkron/tickets';

/** The instants at which a waiting ticket is looked at, and what has passed by then. Pure. */

/** Whether a ticket still waits for the centre to take a push at all after it should have. */
export function isUntaken(
  ticket: Pick<Ticket, 'state' | 'acceptedAt' | 'roundAt' | 'dueAt'>,
  now: Date,
  durations: Durations,
): boolean {
  // A record that the centre refuses to process is an officer's matter, not a sign that it takes nothing.
  return ticket.state === 'open' && !ticket.acceptedAt && pushLimitOf(ticket, durations) <= now;
}

/** Whether a suspended ticket has rested for so long that a person must know. */
export function isAtStandstill(ticket: Ticket, now: Date, durations: Durations): boolean {
  return nextDeadline(ticket, now, durations) <= now;
}

/** Whether a contested ticket should have been read again by now. */
export function isContestLate(
  { contestedAt }: Pick<Ticket, 'contestedAt'>,
  now: Date,
  durations: Durations,
): boolean {
  return contestedAt !== null && contestedAt.getTime() + durations.pushLimit <= now.getTime();
}

/**
 * What ends a snooze now: its time, or an applicant's own deadline that comes before its end.
 * @returns null while nobody is to be alarmed
 */
export function snoozeEndsBy(
  { snoozedUntil, deadlineAt }: Pick<Ticket, 'snoozedUntil' | 'deadlineAt'>,
  now: Date,
): 'time' | 'deadline' | null {
  if (deadlineAt && snoozedUntil && deadlineAt > now && deadlineAt < snoozedUntil) return 'deadline';
  return snoozedUntil && snoozedUntil > now ? null : 'time';
}

/** When a ticket that was looked at now is looked at again; always later than now. */
export function nextCheck(ticket: Ticket, now: Date, durations: Durations): Date {
  const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);
  // The end of the incident makes it due at once; this is for the day after which it is overdue all the same.
  if (ticket.heldBy) return after(durations.pushLimit);
  const next = nextDeadline(ticket, now, durations);
  // It still waits to be taken: asked again before its day is over whether the centre takes anything.
  const soon = after(durations.pushLimit);
  if (ticket.state === 'open' && !ticket.acceptedAt && !ticket.snoozedUntil && next > soon) return soon;
  return next > now ? next : after(durations.standstill);
}
