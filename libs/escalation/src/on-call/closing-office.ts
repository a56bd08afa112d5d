import { fromBinary, type Id, toBinary, type Transaction } from '@sinkron/database';
import { type ClosingOffice, lockOffices, type MovedPiece } from '@sinkron/offices';

/** Rotas of an office that closes serve its successor. Their members go there first, so that each still finds somebody. */
export async function rotasToSuccessor(
  transaction: Transaction,
  { from, to }: ClosingOffice,
): Promise<MovedPiece> {
  const rows = await transaction.query<{ id: Buffer }>(
    'select id from rota where office_id = ? order by id limit 200 for update',
    [toBinary(from)],
  );
  if (rows.length === 0) return { moved: [] };
  const ids = rows.map(({ id }) => id);
  await transaction.execute('update rota set office_id = ? where id in (?)', [toBinary(to), ids]);
  return { moved: ids.map(fromBinary) };
}

/** Its policy becomes the successor's, unless that has rules of its own: those stay, and the others are dropped. */
export async function policyToSuccessor(
  transaction: Transaction,
  { from, to }: ClosingOffice,
): Promise<MovedPiece> {
  // Nobody else gives either of them rules meanwhile.
  await lockOffices(transaction, [from, to]);
  const rows = await transaction.query<{ office_id: Buffer }>(
    'select office_id from escalation_policy where office_id in (?)',
    [[from, to].map(toBinary)],
  );
  const having = rows.map(({ office_id: officeId }) => fromBinary(officeId));
  if (!having.includes(from)) return { moved: [] };
  if (having.includes(to)) {
    await transaction.execute('delete from escalation_policy where office_id = ?', [toBinary(from)]);
    return { moved: [], besides: { dropped: [from] } };
  }
  await transaction.execute('update escalation_policy set office_id = ? where office_id = ?', [
    toBinary(to),
    toBinary(from),
  ]);
  return { moved: [from] };
}

export async function countRotasAt(transaction: Transaction, officeId: Id): Promise<number> {
  const rows = await transaction.query('select 1 from rota where office_id = ?', [toBinary(officeId)]);
  return rows.length;
}

/** One or none. */
export async function countPoliciesAt(transaction: Transaction, officeId: Id): Promise<number> {
  const rows = await transaction.query('select 1 from escalation_policy where office_id = ?', [
    toBinary(officeId),
  ]);
  return rows.length;
}
