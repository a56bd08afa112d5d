import { Escalation, type EscalationState } from '../model/escalation';
import { EscalationEntry } from '../model/escalation-entry';
import { type Id, insertRows, selectRows, toBinary, type Transaction } from '@sinkron/database';
import type { ClosingOffice, MovedPiece } from '@sinkron/offices';
import type { WorkTable } from '@sinkron/queue';

const unresolved: EscalationState[] = ['open', 'acknowledged', 'handed_off'];

/** So many go in one transaction at most. */
const most = 100;

/**
 * Escalations that are not over go on at the successor where they stand: whoever has one keeps it, the ladder keeps its
 * step and its policy, and nobody is asked anew. That is another thing than a transfer: the same people go on with it.
 */
export async function escalationsToSuccessor(
  transaction: Transaction,
  work: WorkTable,
  { from, to, by }: ClosingOffice,
): Promise<MovedPiece> {
  // Found without a lock, which would hold more than these, and judged again under it.
  const found = await transaction.query<{ id: Buffer }>(
    'select id from escalation where office_id = ? and state in (?) limit ?',
    [toBinary(from), unresolved, most],
  );
  if (found.length === 0) return { moved: [] };
  const escalations = await selectRows(transaction, Escalation, 'where id in (?) order by id for update', [
    found.map(({ id }) => id),
  ]);
  const moved = escalations
    .filter(({ officeId, state }) => officeId === from && unresolved.includes(state))
    .map(({ id }) => id);
  if (moved.length === 0) return { moved };
  await transaction.execute('update escalation set office_id = ? where id in (?)', [
    toBinary(to),
    moved.map(toBinary),
  ]);
  for (const id of moved) await work.changeOffice(transaction, ['ladder'], id, to);
  const entry = { kind: 'office_closed', officerId: by, data: { from, to } } as const;
  await insertRows(
    transaction,
    EscalationEntry,
    moved.map((id) => EscalationEntry.create(transaction.now, id, entry)),
  );
  return { moved };
}

/** How many are not over. */
export async function countEscalationsAt(transaction: Transaction, officeId: Id): Promise<number> {
  const [row] = await transaction.query<{ n: string }>(
    'select count(*) as n from escalation where office_id = ? and state in (?)',
    [toBinary(officeId), unresolved],
  );
  return Number(row?.n ?? 0);
}
