import { Injectable } from '@nestjs/common';
import type { ReplayInput } from './endpoint-schemas';
import type { WebhookEndpoint } from './webhook-endpoint';
import { fromBinary, isId, newId, toBinary, type Transaction } from '@sinkron/database';
import { Outbox, onceKey } from '@sinkron/messaging';
import { eventDelivery } from './event-deliveries';
import { Problem } from '@sinkron/observability';
import type { Scope } from '@sinkron/offices';

const most = 500;
/** While so much waits for an endpoint, nothing is added to it. */
const mostWaiting = 1_000;

/** What a replay put on the way. */
export interface Replayed {
  queued: number;
  /** There are more: replay again from this instant. Null: that was all. */
  next: string | null;
}

interface Row {
  id: Buffer;
  at: Date;
}

/** Events on their way to an endpoint once more, as deliveries of their own; receivers know them by their ids. */
@Injectable()
export class Replays {
  constructor(private readonly outbox: Outbox) {}

  async queue(
    transaction: Transaction,
    endpoint: WebhookEndpoint,
    scope: Scope,
    wanted: ReplayInput,
  ): Promise<Replayed> {
    const waiting = await this.outbox.countWaiting(transaction, endpoint.id, mostWaiting);
    if (waiting >= mostWaiting) throw tooFarBehind();
    const found = await this.find(transaction, endpoint, scope, wanted);
    const deliveries = found.slice(0, most).map((row) => {
      const eventId = fromBinary(row.id);
      const key = onceKey('replay', newId(), eventId, endpoint.id);
      return eventDelivery(transaction.now, eventId, endpoint, key);
    });
    await this.outbox.events(transaction, deliveries);
    return { queued: deliveries.length, next: found[most]?.at.toISOString() ?? null };
  }

  /** Only what the endpoint would be told of anyway. */
  private find(
    transaction: Transaction,
    { types }: WebhookEndpoint,
    scope: Scope,
    { since, events }: ReplayInput,
  ): Promise<Row[]> {
    const ids = (events ?? []).filter(isId).map(toBinary);
    if (!since && ids.length === 0) return Promise.resolve([]);
    const [which, given] = since ? ['at >= ?', since] : ['id in (?)', ids];
    return transaction.query<Row>(
      `select id, at from event where ${which} and position is not null and type in (?)
         and (office_id is null or ${scope.everything ? '?' : 'office_id in (?)'})
       order by at, id limit ?`,
      [given, types, scope.everything ? 1 : scope.ids.map(toBinary), most + 1],
    );
  }
}

function tooFarBehind(): Problem {
  return new Problem('conflict', {
    id: 'Masih terlalu banyak yang menunggu untuk endpoint ini. Tunggu sampai terkirim, lalu ulangi.',
    en: 'Too much still waits for this endpoint. Wait until it has left, then replay.',
  });
}
