import { ofRecipient, type Recipient, recipientParameters } from '../recipients/recipient';
import { Delivery } from './delivery';
import {
  type Id,
  selectRows,
  toBinary,
  type Transaction,
  type Transactions,
  updateRow,
} from '@sinkron/database';

/** The deliveries to a recipient. @param order which come first, and so remain within the limit */
export function deliveriesTo(
  transaction: Transaction,
  recipient: Recipient,
  order: 'oldest' | 'newest',
  limit: number,
): Promise<Delivery[]> {
  return selectRows(
    transaction,
    Delivery,
    `where ${ofRecipient} order by id ${order === 'newest' ? 'desc' : 'asc'} limit ?`,
    [...recipientParameters(recipient), limit],
  );
}

export async function findDelivery(transaction: Transaction, id: Id): Promise<Delivery | null> {
  const [delivery] = await selectRows(transaction, Delivery, 'where id = ?', [toBinary(id)]);
  return delivery ?? null;
}

export async function lockDelivery(transaction: Transaction, id: Id): Promise<Delivery | null> {
  const [delivery] = await selectRows(transaction, Delivery, 'where id = ? for update', [toBinary(id)]);
  return delivery ?? null;
}

export async function saveDelivery(transaction: Transaction, delivery: Delivery): Promise<void> {
  await updateRow(transaction, Delivery, delivery, 'id = ?', [toBinary(delivery.id)]);
}

/** How many messages failed by every channel and wait for a person. */
export async function countDeadDeliveries(transactions: Pick<Transactions, 'query'>): Promise<number> {
  const [dead] = await transactions.query<{ n: string }>(
    `select count(*) as n from delivery where state = 'dead'`,
  );
  return Number(dead?.n ?? 0);
}
