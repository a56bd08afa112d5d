import { Inject, Injectable } from '@nestjs/common';
import { OfficeDirectory, type OfficeTree } from '@sinkron/access';
import type { Config } from '@sinkron/config';
import { type Transaction, Transactions, insertRows, selectRows, toBinary } from '@sinkron/database';
import { CONFIG, WorkTable } from '@sinkron/queue';
import { Delivery } from '../deliveries/delivery';
import { leaving, newDelivery } from '../deliveries/new-delivery';
import { onceKey } from '../deliveries/once-key';
import { WebhookEndpoint } from '../webhooks/webhook-endpoint';
import { Event, stream } from './event';

const batch = 200;
const oldAtOnce = 1_000;

/**
 * Puts what happened in line, for streams, and on the way to webhooks. Ids are made before the COMMIT and appear in
 * another order than theirs; a position is given after it, so that whoever has read one has missed none before it.
 */
@Injectable()
export class EventPublisher {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @returns how many events got their position; as many as `batch` means that there may be more */
  async pass(): Promise<number> {
    const news = await this.transactions.query('select 1 from event where position is null limit 1');
    if (news.length === 0) return 0;
    const tree = await this.directory.tree();
    return this.transactions.run(async (transaction) => {
      const last = await lockStream(transaction);
      const events = await selectRows(transaction, Event, 'where position is null order by id limit ?', [
        batch,
      ]);
      if (events.length === 0) return 0;
      await putInLine(transaction, events, last);
      const endpoints = await selectRows(transaction, WebhookEndpoint, 'where disabled_at is null', []);
      for (const event of events) await this.tell(transaction, event, endpoints, tree);
      return events.length;
    });
  }

  /**
   * Deletes events that no stream can be resumed from any more, from the oldest on, so that no hole comes into the
   * line; it ends before one that a webhook still waits for.
   * @returns how many went
   */
  async forgetOld(): Promise<number> {
    return this.transactions.run(async (transaction) => {
      const kept = new Date(transaction.now.getTime() - this.config.durations.eventsKept);
      const oldest = await transaction.query<{ id: Buffer; at: Date }>(
        'select id, at from event where position is not null order by position limit ?',
        [oldAtOnce],
      );
      const old = oldest
        .slice(
          0,
          firstIndex(oldest, ({ at }) => at >= kept),
        )
        .map(({ id }) => id);
      if (old.length === 0) return 0;
      const needed = await transaction.query<{ event_id: Buffer }>(
        `select distinct event_id from delivery where event_id in (?) and state in ('waiting', 'sending')`,
        [old],
      );
      const gone = old.slice(
        0,
        firstIndex(old, (id) => needed.some((row) => row.event_id.equals(id))),
      );
      return gone.length > 0 ? transaction.execute('delete from event where id in (?)', [gone]) : 0;
    });
  }

  private async tell(
    transaction: Transaction,
    event: Event,
    endpoints: readonly WebhookEndpoint[],
    tree: OfficeTree,
  ): Promise<void> {
    const deliveries = endpoints
      .filter((endpoint) => concerns(event, endpoint, tree))
      .map((endpoint) =>
        eventDelivery(transaction.now, event, endpoint, onceKey('event', event.id, endpoint.id)),
      );
    await sendOff(transaction, this.work, deliveries);
  }
}

/** One event on its way to one endpoint. */
export function eventDelivery(
  now: Date,
  event: Pick<Event, 'id'>,
  { id: endpointId, officeId }: WebhookEndpoint,
  key: Buffer,
): Delivery {
  return newDelivery(now, {
    onceKey: key,
    kind: 'event',
    channel: 'webhook',
    officeId,
    endpointId,
    eventId: event.id,
  });
}

/** Inserts deliveries to webhooks and the work by which they leave. */
export async function sendOff(
  transaction: Transaction,
  work: WorkTable,
  deliveries: readonly Delivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await insertRows(transaction, Delivery, deliveries);
  await work.add(transaction, deliveries.map(leaving));
}

function concerns({ type, officeId }: Event, endpoint: WebhookEndpoint, tree: OfficeTree): boolean {
  return (
    endpoint.types.includes(type) && (officeId === null || tree.scopeAt(endpoint.officeId).includes(officeId))
  );
}

/** Of the first one that is so; behind the last when none is. */
function firstIndex<Item>(items: readonly Item[], isSo: (item: Item) => boolean): number {
  const found = items.findIndex(isSo);
  return found === -1 ? items.length : found;
}

/** Others who would give positions wait here until COMMIT. */
async function lockStream(transaction: Transaction): Promise<number> {
  await transaction.execute(
    `insert into event_stream (name, last_position) values (?, 0)
     on duplicate key update last_position = last_position`,
    [stream],
  );
  const [row] = await transaction.query<{ last_position: string }>(
    'select last_position from event_stream where name = ? for update',
    [stream],
  );
  return Number(row?.last_position);
}

async function putInLine(transaction: Transaction, events: readonly Event[], last: number): Promise<void> {
  const cases = events.map(() => 'when ? then ?').join(' ');
  const ids = events.map(({ id }) => toBinary(id));
  await transaction.execute(`update event set position = case id ${cases} end where id in (?)`, [
    ...ids.flatMap((id, at) => [id, last + at + 1]),
    ids,
  ]);
  await transaction.execute('update event_stream set last_position = ? where name = ?', [
    last + events.length,
    stream,
  ]);
}
