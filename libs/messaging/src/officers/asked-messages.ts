import { answeredChannels } from '../channels';
import { Delivery } from '../deliveries/delivery';
import { DeliveryItem } from './delivery-item';
import { findDelivery } from '../deliveries/delivery-rows';
import { fromBinary, type Id, selectRows, toBinary, type Transaction } from '@sinkron/database';

/** A message passes to the next channel a few times at most. */
const mostPassings = 3;

/** The messages of the last day that left with this reply code and may be answered, the newest first. */
export function messagesWithReplyCode(transaction: Transaction, code: string): Promise<Delivery[]> {
  return selectRows(
    transaction,
    Delivery,
    `where reply_code = ? and channel in (?) and state in ('sending', 'sent', 'delivered', 'read', 'failed')
       and created_at > utc_timestamp(3) - interval 1 day order by id desc limit 50`,
    [code, answeredChannels],
  );
}

/** This message and those that took over from it: what it asked may have moved there, and it may have arrived. */
export async function withSuccessors(transaction: Transaction, delivery: Delivery): Promise<Id[]> {
  const ids = [delivery.id];
  let { nextId } = delivery;
  while (nextId && ids.length <= mostPassings) {
    ids.push(nextId);
    nextId = (await findDelivery(transaction, nextId))?.nextId ?? null;
  }
  return ids;
}

/** The escalations that these messages ask about. */
export async function askedEscalations(transaction: Transaction, deliveryIds: readonly Id[]): Promise<Id[]> {
  const rows = await transaction.query<{ escalation_id: Buffer }>(
    'select distinct escalation_id from delivery_item where delivery_id in (?)',
    [deliveryIds.map(toBinary)],
  );
  return rows.map(({ escalation_id: id }) => fromBinary(id));
}

export function itemsOfMessages(
  transaction: Transaction,
  deliveryIds: readonly Id[],
): Promise<DeliveryItem[]> {
  return selectRows(transaction, DeliveryItem, 'where delivery_id in (?)', [deliveryIds.map(toBinary)]);
}

/** The officer has taken the escalation: no link or code that was sent for it acknowledges it again. */
export async function markItemsUsed(
  transaction: Transaction,
  escalationId: Id,
  officerId: Id,
): Promise<void> {
  await transaction.execute(
    'update delivery_item set used_at = ? where escalation_id = ? and officer_id = ? and used_at is null',
    [transaction.now, toBinary(escalationId), toBinary(officerId)],
  );
}
