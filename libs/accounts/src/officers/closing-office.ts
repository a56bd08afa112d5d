import type { RightsTransaction } from '../sessions/rights-changes';
import { fromBinary, type Id, toBinary, type Transaction } from '@sinkron/database';
import type { ClosingOffice, MovedPiece } from '@sinkron/offices';

/** So many officers move in one transaction at most. */
const most = 200;

/** Officers of an office that closes work at its successor from now on, the disabled ones too. */
export async function officersToSuccessor(
  transaction: RightsTransaction,
  { from, to }: ClosingOffice,
): Promise<MovedPiece> {
  const rows = await transaction.query<{ id: Buffer }>(
    'select id from officer where office_id = ? order by id limit ? for update',
    [toBinary(from), most],
  );
  if (rows.length === 0) return { moved: [] };
  const ids = rows.map(({ id }) => id);
  await transaction.execute('update officer set office_id = ?, rights_at = ? where id in (?)', [
    toBinary(to),
    transaction.now,
    ids,
  ]);
  return { moved: ids.map(fromBinary) };
}

export async function countOfficersAt(transaction: Transaction, officeId: Id): Promise<number> {
  const [row] = await transaction.query<{ n: string }>(
    'select count(*) as n from officer where office_id = ?',
    [toBinary(officeId)],
  );
  return Number(row?.n ?? 0);
}
