import type { NewWork, WorkKind } from '@sinkron/queue';
import { rankOf } from './deadlines';
import type { Ticket } from './ticket';

/** The kinds of work whose subject is a ticket. */
export const ticketWork = [
  { name: 'push', asksCentre: true },
  { name: 'verify', asksCentre: true },
  { name: 'contest', asksCentre: true },
  { name: 'deadline', asksCentre: false },
] as const satisfies readonly WorkKind[];

export type TicketWorkKind = (typeof ticketWork)[number]['name'];

export const ticketKinds: readonly TicketWorkKind[] = ticketWork.map(({ name }) => name);

/** Those that a suspension parks and that have a place in the urgent lane. */
export const centreKinds: readonly TicketWorkKind[] = ticketWork
  .filter(({ asksCentre }) => asksCentre)
  .map(({ name }) => name);

/** Work at the centre for a ticket, in the lane and at the place that its state and urgency give it. */
export function centreWork(kind: Exclude<TicketWorkKind, 'deadline'>, ticket: Ticket, dueAt: Date): NewWork {
  const lane = ticket.state === 'suspended' ? 'held' : ticket.urgent ? 'urgent' : 'regular';
  // Readings come again and again: by the age of the ticket a few old ones would always go before the new.
  const rankAt = kind === 'verify' && !ticket.urgent ? dueAt : rankOf(ticket);
  return { kind, subjectId: ticket.id, dueAt, lane, rankAt, officeId: ticket.officeId };
}

/** The check of a ticket when one of its limits passes; it waits in no lane but the regular one, in its order. */
export function deadlineWork(ticket: Ticket, dueAt: Date): NewWork {
  return {
    kind: 'deadline',
    subjectId: ticket.id,
    dueAt,
    lane: 'regular',
    rankAt: dueAt,
    officeId: ticket.officeId,
  };
}
