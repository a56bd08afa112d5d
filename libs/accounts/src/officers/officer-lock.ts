import type { Recognised } from '../sessions/credentials';
import type { Role } from '../permissions/roles';
import { fromBinary, type Id, toBinary, type Transaction } from '@sinkron/database';

/** What an officer's sessions depend on, as it is while the lock is held. */
export interface LockedOfficer {
  officerId: Id;
  officeId: Id;
  role: Role;
  passwordHash: string;
}

/**
 * Locks the officer until the end of the transaction. Whoever opens a session, or changes what a session must have
 * proved, does so one after another: none is opened by a password alone while a second factor is being confirmed.
 * @returns null for an officer who is not there or disabled
 */
export async function lockOfficer(transaction: Transaction, officerId: Id): Promise<LockedOfficer | null> {
  const [row] = await transaction.query<{ office_id: Buffer; role: Role; password_hash: string }>(
    'select office_id, role, password_hash from officer where id = ? and disabled_at is null for update',
    [toBinary(officerId)],
  );
  return row
    ? { officerId, officeId: fromBinary(row.office_id), role: row.role, passwordHash: row.password_hash }
    : null;
}

/** The same for whose password fitted a moment ago; null also when it was changed since. */
export async function lockRecognised(
  transaction: Transaction,
  { officerId, passwordHash }: Recognised,
): Promise<LockedOfficer | null> {
  const officer = await lockOfficer(transaction, officerId);
  return officer?.passwordHash === passwordHash ? officer : null;
}
