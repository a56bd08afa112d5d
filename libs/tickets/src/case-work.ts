import type { NewWork, WorkKind } from '@sinkron/queue';
import { rankOf } from './deadlines';
import type { Ticket } from './ticket';

type CentreKind = Extract<WorkKind, 'hand-over' | 'verify' | 'contest'>;

/** Work at the centre for a case, in the lane and at the place that its state and urgency give it. */
export function centreWork(kind: CentreKind, ticket: Ticket, dueAt: Date): NewWork {
  const lane = ticket.state === 'suspended' ? 'held' : ticket.urgent ? 'urgent' : 'regular';
  // Readings come again and again: by the age of the case a few old ones would always go before the new.
  const rankAt = kind === 'verify' && !ticket.urgent ? dueAt : rankOf(ticket);
  return { kind, subjectId: ticket.id, dueAt, lane, rankAt, officeId: ticket.officeId };
}

/** The look at a case when one of its limits passes; it waits in no lane but the regular one, in its order. */
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
