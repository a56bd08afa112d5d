import { Injectable } from '@nestjs/common';
import type { ReplayInput } from './endpoint-schemas';
import { eventDelivery } from './event-deliveries';
import type { WebhookEndpoint } from './webhook-endpoint';
import { newId, type Transaction } from '@sinkron/database';
import { publishedEvents } from '@sinkron/events';
import { countWaitingFor, onceKey, Outbox } from '@sinkron/messaging';
import { Problem } from '@sinkron/observability';
import type { Scope } from '@sinkron/offices';

const most = 500;
/** While so many deliveries wait for an endpoint, none is added. */
const mostWaiting = 1_000;

/** What a replay sends again. */
export interface Replayed {
  queued: number;
  /** There are more: replay again from this instant. Null: that was all. */
  next: string | null;
}

/** Sends events to an endpoint again, as deliveries of their own; receivers recognise them by the events' ids. */
@Injectable()
export class Replays {
  constructor(private readonly outbox: Outbox) {}

  /** Only events that the endpoint gets anyway. @throws Problem conflict while too many deliveries wait for it */
  async queue(
    transaction: Transaction,
    endpoint: WebhookEndpoint,
    scope: Scope,
    { since, events = [] }: ReplayInput,
  ): Promise<Replayed> {
    const waiting = await countWaitingFor(transaction, endpoint.id, mostWaiting);
    if (waiting >= mostWaiting) throw tooMuchWaits();
    const wanted = since ? { since } : { ids: events };
    const { types } = endpoint;
    const found = await publishedEvents(transaction, wanted, { types, scope, limit: most + 1 });
    const deliveries = found.slice(0, most).map((event) => {
      const key = onceKey('replay', newId(), event.id, endpoint.id);
      return eventDelivery(transaction.now, event.id, endpoint, key);
    });
    await this.outbox.add(transaction, deliveries);
    return { queued: deliveries.length, next: found[most]?.at.toISOString() ?? null };
  }
}

function tooMuchWaits(): Problem {
  return new Problem('conflict', {
    id: 'Masih terlalu banyak yang menunggu untuk endpoint ini. Tunggu sampai terkirim, lalu ulangi.',
    en: 'Too much still waits for this endpoint. Wait until it has left, then replay.',
  });
}
