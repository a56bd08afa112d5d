import { forgetAt } from './delivery';
import { type Id, toBinary, type Transaction } from '@sinkron/database';

/** Which of these events have still to be sent to an endpoint. */
export async function eventsStillToSend(transaction: Transaction, eventIds: Buffer[]): Promise<Buffer[]> {
  const rows = await transaction.query<{ event_id: Buffer }>(
    `select distinct event_id from delivery where event_id in (?) and state in ('waiting', 'sending')`,
    [eventIds],
  );
  return rows.map(({ event_id: id }) => id);
}

/** How many deliveries wait for an endpoint, counted as far as `most`. */
export async function countWaitingFor(
  transaction: Transaction,
  endpointId: Id,
  most: number,
): Promise<number> {
  const [waiting] = await transaction.query<{ n: string }>(
    `select count(*) as n from (
       select 1 from delivery where endpoint_id = ? and state in ('waiting', 'sending') limit ?) as some`,
    [toBinary(endpointId), most],
  );
  return Number(waiting?.n ?? 0);
}

/** What waits for an endpoint is not sent any more; its rows of work find nothing to do when they are due. */
export async function cancelFor(transaction: Transaction, endpointId: Id, reason: string): Promise<void> {
  await transaction.execute(
    `update delivery set state = 'dismissed', reason = ?, ended_at = ?, forget_at = ?
     where endpoint_id = ? and state = 'waiting'`,
    [reason, transaction.now, forgetAt('event', 'dismissed', transaction.now), toBinary(endpointId)],
  );
}
