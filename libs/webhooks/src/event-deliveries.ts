import { Injectable } from '@nestjs/common';
import type { Id } from '@sinkron/database';
import { type Event, EventPublisher } from '@sinkron/events';
import { Delivery, eventsStillToSend, onceKey, Outbox } from '@sinkron/messaging';
import { OfficeDirectory, type OfficeTree } from '@sinkron/offices';
import { enabledEndpoints } from './endpoint-rows';
import type { WebhookEndpoint } from './webhook-endpoint';

/** Makes the deliveries of every event to the endpoints that get it, as the event gets its position. */
@Injectable()
export class EventDeliveries {
  constructor(
    private readonly publisher: EventPublisher,
    private readonly directory: OfficeDirectory,
    private readonly outbox: Outbox,
  ) {}

  /** @returns how many events were published; as many as a batch means that there may be more */
  async publish(): Promise<number> {
    const tree = await this.directory.tree();
    return this.publisher.publish(async (transaction, events) => {
      const endpoints = await enabledEndpoints(transaction);
      const deliveries = events.flatMap((event) =>
        endpoints
          .filter((endpoint) => concerns(event, endpoint, tree))
          .map((endpoint) =>
            eventDelivery(transaction.now, event.id, endpoint, onceKey('event', event.id, endpoint.id)),
          ),
      );
      await this.outbox.add(transaction, deliveries);
    });
  }

  /** Deletes old events that no stream resumes from and no endpoint has still to get. @returns how many */
  forgetOld(): Promise<number> {
    return this.publisher.forgetOld(eventsStillToSend);
  }
}

/** The delivery of one event to one endpoint. */
export function eventDelivery(
  now: Date,
  eventId: Id,
  { id: endpointId, officeId }: WebhookEndpoint,
  key: Buffer,
): Delivery {
  const kind = { kind: 'event', channel: 'webhook' } as const;
  return Delivery.create(now, { ...kind, onceKey: key, officeId, endpointId, eventId });
}

/** An endpoint gets what happens at its node or below, and what concerns everybody. */
function concerns({ type, officeId }: Event, endpoint: WebhookEndpoint, tree: OfficeTree): boolean {
  return (
    endpoint.types.includes(type) && (officeId === null || tree.scopeAt(endpoint.officeId).includes(officeId))
  );
}
