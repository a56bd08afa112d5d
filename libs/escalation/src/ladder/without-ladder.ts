import { Escalation, type EscalationState } from '../model/escalation';
import { fromBinary, type Id, selectRows, toBinary, type Transaction } from '@sinkron/database';
import { subjectsWithoutWork } from '@sinkron/queue';

const unresolved: EscalationState[] = ['open', 'acknowledged', 'handed_off'];
const batch = 500;

/** Unresolved escalations whose ladder has no row of work, locked; at most so many. */
export async function withoutLadder(transaction: Transaction, most: number): Promise<Escalation[]> {
  const missing: Id[] = [];
  for (const state of unresolved) {
    let after: Id | null = null;
    do {
      const ids = await idsInState(transaction, state, after);
      missing.push(...(await subjectsWithoutWork(transaction, 'ladder', ids)));
      after = ids.length === batch ? ids.at(-1)! : null;
    } while (after !== null && missing.length < most);
  }
  if (missing.length === 0) return [];
  // Read again under a lock: one may have been resolved since, and needs no ladder then.
  return selectRows(
    transaction,
    Escalation,
    'where id in (?) and state in (?) order by id limit ? for update',
    [missing.map(toBinary), unresolved, most],
  );
}

/** In pages by the index of states, so that resolved escalations cost nothing. */
async function idsInState(transaction: Transaction, state: EscalationState, after: Id | null): Promise<Id[]> {
  const rows = await transaction.query<{ id: Buffer }>(
    'select id from escalation where state = ? and id > ? order by id limit ?',
    [state, after ? toBinary(after) : Buffer.alloc(16), batch],
  );
  return rows.map(({ id }) => fromBinary(id));
}
