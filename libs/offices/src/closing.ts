import { findOffice, lockOffices } from './office-records';
import { raiseTreeVersion } from './tree-version';
import { fromBinary, type Id, toBinary, type Transaction } from '@sinkron/database';

/** An office whose belongings go to another one. */
export interface ClosingOffice {
  from: Id;
  /** The office that works in its place: the successor, or whichever has taken over from that meanwhile. */
  to: Id;
  /** Who had it closed; null for the operator. */
  by: Id | null;
}

/** What one piece of moving has moved, and ids that the audit should name besides, by what became of them. */
export interface MovedPiece {
  moved: readonly Id[];
  besides?: Readonly<Record<string, readonly Id[]>>;
}

/** The office takes nothing new from now on; the caller has locked the tree. @param note sealed */
export async function beginClosing(
  transaction: Transaction,
  officeId: Id,
  { successorId, by, note }: { successorId: Id; by: Id | null; note: Buffer },
): Promise<void> {
  await transaction.execute(
    `update office set successor_id = ?, closing_since = ?, closing_by = ?, closing_note = ?
     where id = ? and successor_id is null`,
    [toBinary(successorId), transaction.now, by && toBinary(by), note, toBinary(officeId)],
  );
  await raiseTreeVersion(transaction);
}

/** Nothing is left to be moved. @returns whether it was still closing */
export async function endClosing(transaction: Transaction, officeId: Id): Promise<boolean> {
  const ended = await transaction.execute(
    'update office set closed_at = ? where id = ? and closed_at is null',
    [transaction.now, toBinary(officeId)],
  );
  if (ended > 0) await raiseTreeVersion(transaction);
  return ended > 0;
}

/** The office that works in place of this one as it is in this transaction: itself while it is open. */
export async function handlingOffice(transaction: Transaction, officeId: Id): Promise<Id> {
  const passed = new Set<Id>();
  let id = officeId;
  for (;;) {
    passed.add(id);
    const next: Id | null = (await findOffice(transaction, id))?.successorId ?? null;
    if (next === null || passed.has(next)) return id;
    id = next;
  }
}

/** The offices below a province that closes hang on its successor from now on. */
export async function officesToSuccessor(
  transaction: Transaction,
  { from, to }: ClosingOffice,
): Promise<MovedPiece> {
  const moved = await idsBelow(transaction, from);
  if (moved.length === 0) return { moved };
  await lockOffices(transaction, moved);
  await transaction.execute('update office set parent_id = ? where id in (?)', [
    toBinary(to),
    moved.map(toBinary),
  ]);
  await raiseTreeVersion(transaction);
  return { moved };
}

/** How many offices hang on this one still. */
export async function officesBelow(transaction: Transaction, officeId: Id): Promise<number> {
  return (await idsBelow(transaction, officeId)).length;
}

async function idsBelow(transaction: Transaction, officeId: Id): Promise<Id[]> {
  const rows = await transaction.query<{ id: Buffer }>('select id from office where parent_id = ?', [
    toBinary(officeId),
  ]);
  return rows.map(({ id }) => fromBinary(id));
}
