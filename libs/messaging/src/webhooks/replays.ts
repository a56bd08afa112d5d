import { Injectable } from '@nestjs/common';
import type { Scope } from '@sinkron/access';
import { type Transaction, fromBinary, isId, newId, toBinary } from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import { WorkTable } from '@sinkron/queue';
import { onceKey } from '../deliveries/once-key';
import { eventDelivery, sendOff } from '../events/event-publisher';
import type { ReplayInput } from './endpoint-schemas';
import type { WebhookEndpoint } from './webhook-endpoint';

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
  constructor(private readonly work: WorkTable) {}

  async queue(
    transaction: Transaction,
    endpoint: WebhookEndpoint,
    scope: Scope,
    wanted: ReplayInput,
  ): Promise<Replayed> {
    await assertNotBehind(transaction, endpoint);
    const found = await this.find(transaction, endpoint, scope, wanted);
    const deliveries = found.slice(0, most).map((row) => {
      const event = { id: fromBinary(row.id) };
      const key = onceKey('replay', newId(), event.id, endpoint.id);
      return eventDelivery(transaction.now, event, endpoint, key);
    });
    await sendOff(transaction, this.work, deliveries);
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

/** @throws Problem `conflict` */
async function assertNotBehind(transaction: Transaction, { id }: WebhookEndpoint): Promise<void> {
  const [waiting] = await transaction.query<{ n: string }>(
    `select count(*) as n from (
       select 1 from delivery where endpoint_id = ? and state in ('waiting', 'sending') limit ?) as some`,
    [toBinary(id), mostWaiting],
  );
  if (Number(waiting?.n ?? 0) < mostWaiting) return;
  throw new Problem('conflict', {
    id: 'Masih terlalu banyak yang menunggu untuk endpoint ini. Tunggu sampai terkirim, lalu ulangi.',
    en: 'Too much still waits for this endpoint. Wait until it has left, then replay.',
  });
}
