import { Injectable } from '@nestjs/common';
import { type Id, selectRows } from '@sinkron/database';
import { type Event, EventPublisher } from '@sinkron/events';
import { type Delivery, Outbox, newDelivery, onceKey } from '@sinkron/messaging';
import { OfficeDirectory, type OfficeTree } from '@sinkron/offices';
import { WebhookEndpoint } from './webhook-endpoint';

/** Makes of every event the deliveries to the endpoints that are told of it, as it gets its position. */
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
      const endpoints = await selectRows(transaction, WebhookEndpoint, 'where disabled_at is null', []);
      const deliveries = events.flatMap((event) =>
        endpoints
          .filter((endpoint) => concerns(event, endpoint, tree))
          .map((endpoint) =>
            eventDelivery(transaction.now, event.id, endpoint, onceKey('event', event.id, endpoint.id)),
          ),
      );
      await this.outbox.events(transaction, deliveries);
    });
  }

  /** Deletes old events that no stream resumes from and no endpoint waits for. @returns how many */
  forgetOld(): Promise<number> {
    return this.publisher.forgetOld((transaction, ids) => this.outbox.waitingEvents(transaction, ids));
  }
}

/** One event on its way to one endpoint. */
export function eventDelivery(
  now: Date,
  eventId: Id,
  { id: endpointId, officeId }: WebhookEndpoint,
  key: Buffer,
): Delivery {
  const kind = { kind: 'event', channel: 'webhook' } as const;
  return newDelivery(now, { ...kind, onceKey: key, officeId, endpointId, eventId });
}

function concerns({ type, officeId }: Event, endpoint: WebhookEndpoint, tree: OfficeTree): boolean {
  return (
    endpoint.types.includes(type) && (officeId === null || tree.scopeAt(endpoint.officeId).includes(officeId))
  );
}
