import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@sinkron/config';
import { type Transaction, Transactions, selectRows, toBinary } from '@sinkron/database';
import { Event, stream } from './event';

const batch = 200;
/** So many old events go in one piece. */
export const oldEventsAtOnce = 1_000;

/**
 * Gives events their positions, by which streams resume. Ids are made before the COMMIT and appear in another order;
 * a position is given after it, so that a reader of one position has missed none before it.
 */
@Injectable()
export class EventPublisher {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @param publish called with the events in the transaction that gives them their positions
   * @returns how many events got their position; as many as `batch` means that there may be more
   */
  async publish(publish: (transaction: Transaction, events: Event[]) => Promise<void>): Promise<number> {
    const waiting = await this.transactions.query('select 1 from event where position is null limit 1');
    if (waiting.length === 0) return 0;
    return this.transactions.run(async (transaction) => {
      const last = await lockStream(transaction);
      const events = await selectRows(transaction, Event, 'where position is null order by id limit ?', [
        batch,
      ]);
      if (events.length === 0) return 0;
      await givePositions(transaction, events, last);
      await publish(transaction, events);
      return events.length;
    });
  }

  /**
   * Deletes events that no stream can be resumed from any more, from the oldest on, so that the positions have no gap;
   * it ends before one that is still needed.
   * @param stillNeeded which of these events have still to be sent to somebody
   * @returns how many were deleted; as many as `oldEventsAtOnce` means that there may be more
   */
  async forgetOld(
    stillNeeded: (transaction: Transaction, ids: Buffer[]) => Promise<Buffer[]>,
  ): Promise<number> {
    return this.transactions.run(async (transaction) => {
      const kept = new Date(transaction.now.getTime() - this.config.durations.eventsKept);
      const oldest = await transaction.query<{ id: Buffer; at: Date }>(
        'select id, at from event where position is not null order by position limit ?',
        [oldEventsAtOnce],
      );
      const isKept = firstIndex(oldest, ({ at }) => at >= kept);
      const old = oldest.slice(0, isKept).map(({ id }) => id);
      if (old.length === 0) return 0;
      const needed = await stillNeeded(transaction, old);
      const isNeeded = firstIndex(old, (id) => needed.some((other) => other.equals(id)));
      const unneeded = old.slice(0, isNeeded);
      return unneeded.length > 0 ? transaction.execute('delete from event where id in (?)', [unneeded]) : 0;
    });
  }
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

async function givePositions(
  transaction: Transaction,
  events: readonly Event[],
  last: number,
): Promise<void> {
  const positions = events.map(() => 'when ? then ?').join(' ');
  const ids = events.map(({ id }) => toBinary(id));
  await transaction.execute(`update event set position = case id ${positions} end where id in (?)`, [
    ...ids.flatMap((id, at) => [id, last + at + 1]),
    ids,
  ]);
  await transaction.execute('update event_stream set last_position = ? where name = ?', [
    last + events.length,
    stream,
  ]);
}
