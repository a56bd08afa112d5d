import { Delivery } from './delivery';
import { newId } from '@sinkron/database';
import type { NewWork } from '@sinkron/queue';

type Given = Pick<Delivery, 'onceKey' | 'kind' | 'channel'> & Partial<Delivery>;

/** A delivery at its beginning: waiting, due at once, and to nobody in particular unless it is said. */
export function newDelivery(now: Date, given: Given): Delivery {
  return Object.assign(new Delivery(), {
    id: newId(),
    fallbacks: [],
    state: 'waiting',
    reason: null,
    officeId: null,
    officerId: null,
    ticketId: null,
    endpointId: null,
    eventId: null,
    template: null,
    attempts: 0,
    providerId: null,
    replyCode: null,
    nextId: null,
    createdAt: now,
    dueAt: now,
    startedAt: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    endedAt: null,
    sealed: null,
    ...given,
  });
}

/** The work by which a delivery leaves. */
export function leaving({ id, kind, dueAt, officeId }: Delivery): NewWork {
  return {
    // Programs that hang must not hold up the messages to people.
    kind: kind === 'event' ? 'webhook' : 'delivery',
    subjectId: id,
    dueAt,
    lane: kind === 'step' ? 'urgent' : 'regular',
    rankAt: dueAt,
    officeId,
  };
}

/** Where what is sealed of a delivery lies. */
export function deliveryPlace(rowId: string) {
  return { table: 'delivery', column: 'sealed', rowId };
}
