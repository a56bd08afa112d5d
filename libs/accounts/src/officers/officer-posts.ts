import type { Role } from '../permissions/roles';
import { fromBinary, type Id, toBinary, type Transaction } from '@sinkron/database';
import type { Zone } from '@sinkron/identity';

/** Where an officer sits and in which role, without anything that is sealed. */
export interface OfficerPost {
  id: Id;
  officeId: Id;
  role: Role;
  /** The officer's own clock, where it is another than the office's. */
  zone: Zone | null;
}

type PostRow = { id: Buffer; office_id: Buffer; role: Role; zone: Zone | null };

/** The enabled officers among these, in the order of their ids. */
export async function enabledOfficers(transaction: Transaction, ids: readonly Id[]): Promise<OfficerPost[]> {
  return ids.length === 0 ? [] : readEnabled(transaction, 'id in (?)', [ids.map(toBinary)]);
}

/** The enabled officers who have this role at this very office, the longest there first. */
export function enabledOfficersAt(
  transaction: Transaction,
  officeId: Id,
  role: Role,
): Promise<OfficerPost[]> {
  return readEnabled(transaction, 'office_id = ? and role = ?', [toBinary(officeId), role]);
}

/** The office of each of these officers, also of disabled ones. */
export async function officesOfOfficers(transaction: Transaction, ids: readonly Id[]): Promise<Map<Id, Id>> {
  if (ids.length === 0) return new Map();
  const rows = await transaction.query<Pick<PostRow, 'id' | 'office_id'>>(
    'select id, office_id from officer where id in (?)',
    [ids.map(toBinary)],
  );
  return new Map(rows.map(({ id, office_id: officeId }) => [fromBinary(id), fromBinary(officeId)]));
}

async function readEnabled(
  transaction: Transaction,
  condition: string,
  parameters: unknown[],
): Promise<OfficerPost[]> {
  const rows = await transaction.query<PostRow>(
    `select id, office_id, role, zone from officer where ${condition} and disabled_at is null order by id`,
    parameters,
  );
  return rows.map(({ id, office_id: officeId, role, zone }) => ({
    id: fromBinary(id),
    officeId: fromBinary(officeId),
    role,
    zone,
  }));
}
