import { noteRightsChange, noteShutOut, type RightsTransaction } from './rights-changes';
import { fromBinary, type Id, toBinary } from '@sinkron/database';

/**
 * Ends the officer's sessions, all or all but one, and what messages from before let them do without signing in.
 * @returns the ids of those that were open
 */
export async function endSessions(transaction: RightsTransaction, officerId: Id, except?: Id): Promise<Id[]> {
  await noteShutOut(transaction, officerId);
  const officer = toBinary(officerId);
  const kept = except ? toBinary(except) : Buffer.alloc(16);
  const open = await transaction.query<{ id: Buffer }>(
    'select id from session where officer_id = ? and ended_at is null and id <> ?',
    [officer, kept],
  );
  await transaction.execute(
    'update session set ended_at = ? where officer_id = ? and ended_at is null and id <> ?',
    [transaction.now, officer, kept],
  );
  return open.map(({ id }) => fromBinary(id));
}

/** Revokes every personal access token of the officer. @returns the ids of those that were valid */
export async function revokeTokens(transaction: RightsTransaction, officerId: Id): Promise<Id[]> {
  await noteRightsChange(transaction, officerId);
  const officer = toBinary(officerId);
  const valid = await transaction.query<{ id: Buffer }>(
    'select id from personal_token where officer_id = ? and revoked_at is null',
    [officer],
  );
  await transaction.execute(
    'update personal_token set revoked_at = ? where officer_id = ? and revoked_at is null',
    [transaction.now, officer],
  );
  return valid.map(({ id }) => fromBinary(id));
}
