import type { Ticket } from './ticket';
import type { Durations } from '@sinkron/config';

/**
 * How long a ticket may take: until the centre takes the push, and from there until it matches (R7). Every limit below is
 * made of these, and so are the pauses of its clock: they cannot disagree. Were one office to have 48 hours, it would be
 * told apart here.
 */
function lengthsOf({ pushLimit, day }: Durations): { push: number; resync: number } {
  return { push: pushLimit, resync: day };
}

/** A ticket's clock without its pauses. */
export interface Clock {
  from: Date;
  /** In milliseconds. */
  length: number;
  /** For how long one incident of the centre may hold it up. */
  longestHold: number;
}

/** The clock of a round: from its beginning, and anew from its first accepted push; later pushes never move it. */
export function clockOf(
  { roundAt, acceptedAt }: Pick<Ticket, 'roundAt' | 'acceptedAt'>,
  durations: Durations,
): Clock {
  const { push, resync } = lengthsOf(durations);
  return acceptedAt
    ? { from: acceptedAt, length: resync, longestHold: resync }
    : { from: roundAt, length: push + resync, longestHold: resync };
}

/** `dueAt` of a round before its first accepted push. */
export function firstDueAt(roundAt: Date, durations: Durations): Date {
  return endOf(clockOf({ roundAt, acceptedAt: null }, durations));
}

/** `dueAt` from the first accepted push on. */
export function acceptedDueAt(acceptedAt: Date, durations: Durations): Date {
  return endOf(clockOf({ roundAt: acceptedAt, acceptedAt }, durations));
}

function endOf({ from, length }: Clock): Date {
  return new Date(from.getTime() + length);
}

/**
 * Until when the centre should have taken the push; after that a person is alarmed. It moves with `dueAt`, and is never
 * earlier than it was when the round began, also where the resync is given longer since `dueAt` was set.
 */
export function pushLimitOf(ticket: Pick<Ticket, 'roundAt' | 'dueAt'>, durations: Durations): Date {
  const { push, resync } = lengthsOf(durations);
  return new Date(Math.max(ticket.roundAt.getTime() + push, ticket.dueAt.getTime() - resync));
}

/** Until when a ticket that was closed then may be contested. */
export function contestEnd(closedAt: Date, { contestWindow }: Durations): Date {
  return new Date(closedAt.getTime() + contestWindow);
}

/** The next instant at which this ticket is checked, whatever becomes of its other work. */
export function nextDeadline(ticket: Ticket, now: Date, durations: Durations): Date {
  if (ticket.state === 'suspended')
    return new Date((ticket.suspendedAt ?? now).getTime() + durations.standstill);
  if (ticket.contestedAt) {
    const limit = new Date(ticket.contestedAt.getTime() + durations.pushLimit);
    return limit > now ? limit : new Date(now.getTime() + durations.day);
  }
  if (ticket.snoozedUntil) {
    const { snoozedUntil, dueAt, overdue } = ticket;
    return overdue || snoozedUntil < dueAt ? snoozedUntil : dueAt;
  }
  if (ticket.overdue) return new Date(now.getTime() + durations.day);
  const limit = pushLimitOf(ticket, durations);
  return !ticket.acceptedAt && now < limit ? limit : ticket.dueAt;
}

/** The place in its lane: urgent by the nearest deadline, regular by who has waited longest in this round. */
export function rankOf(ticket: Pick<Ticket, 'urgent' | 'deadlineAt' | 'dueAt' | 'roundAt'>): Date {
  return ticket.urgent ? (ticket.deadlineAt ?? ticket.dueAt) : ticket.roundAt;
}
