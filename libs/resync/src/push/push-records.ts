import { Push } from './push';
import { insertRows, selectRows, toBinary, type Transaction } from '@sinkron/database';
import type { Ticket } from '@sinkron/tickets';

type Statement = Pick<Ticket, 'id' | 'round' | 'statementId'>;

/** The pushes of what a ticket states now, in its present round. */
const ofStatement = 'ticket_id = ? and round = ? and statement_id = ?';
const keyOf = ({ id, round, statementId }: Statement) => [toBinary(id), round, toBinary(statementId)];

/** The latest push of what the ticket states now. */
export async function latestPush(transaction: Transaction, ticket: Statement): Promise<Push | null> {
  const [push] = await selectRows(
    transaction,
    Push,
    // By number and the database's clock: ids are made by the clocks of many machines.
    `where ${ofStatement} order by push_no desc, composed_at desc limit 1`,
    keyOf(ticket),
  );
  return push ?? null;
}

export async function insertPush(transaction: Transaction, push: Push): Promise<void> {
  await insertRows(transaction, Push, [push]);
}

/** Writes what the centre said of the push. What readings say of it is written by `markPushes` alone. */
export async function savePush(transaction: Transaction, push: Push): Promise<void> {
  await transaction.execute(
    `update push set reason = ?, tracking_id = ?, accepted_at = ?, applied_at = ?,
       predicted_from = ?, predicted_to = ?, predicted_by90 = ? where id = ?`,
    [
      push.reason,
      push.trackingId,
      push.acceptedAt,
      push.appliedAt,
      push.predictedFrom,
      push.predictedTo,
      push.predictedBy90,
      toBinary(push.id),
    ],
  );
}

/** Keeps with each accepted push of the statement how long it was seen to wait, and when it was first proved. */
export async function markPushes(
  transaction: Transaction,
  ticket: Statement,
  matched: boolean,
): Promise<void> {
  await transaction.execute(
    `update push set ${matched ? 'proved_at' : 'mismatched_at'} = ?
     where ${ofStatement} and accepted_at is not null and proved_at is null`,
    [transaction.now, ...keyOf(ticket)],
  );
}

/** The pushes that are proved in this transaction: those of the statement that it resolves. */
export function provedPushes(transaction: Transaction, ticket: Statement): Promise<Push[]> {
  return selectRows(transaction, Push, `where ${ofStatement} and proved_at = ?`, [
    ...keyOf(ticket),
    transaction.now,
  ]);
}
