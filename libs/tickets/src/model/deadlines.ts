import type { Ticket } from './ticket';
import type { Durations } from '@sinkron/config';

/** `dueAt` of a round before its first accepted push: the push limit and then the resync's day (R7). */
export function firstDueAt(from: Date, { pushLimit, day }: Durations): Date {
  return new Date(from.getTime() + pushLimit + day);
}

/** `dueAt` from the first accepted push on; later pushes never move it. */
export function acceptedDueAt(acceptedAt: Date, { day }: Durations): Date {
  return new Date(acceptedAt.getTime() + day);
}

/** Until when the centre should have taken the push; after that a person is alarmed. */
export function pushLimitOf(ticket: Pick<Ticket, 'dueAt'>, { day }: Durations): Date {
  return new Date(ticket.dueAt.getTime() - day);
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
