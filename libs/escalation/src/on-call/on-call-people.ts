import { may, type Role } from '@sinkron/accounts';
import { fromBinary, type Id, isId, toBinary, type Transaction } from '@sinkron/database';
import type { Zone } from '@sinkron/identity';
import { type FieldError, fieldError } from '@sinkron/observability';
import { type OfficeTree, overseers } from '@sinkron/offices';

/** Somebody who could take an escalation: enabled, and in a role that may. */
export interface OnCallOfficer {
  id: Id;
  officeId: Id;
  role: Role;
  /** The officer's own clock, where it is another than the office's. */
  zone: Zone | null;
}

type Row = { id: Buffer; office_id: Buffer; role: Role; zone: Zone | null };

/** The ones of these ids, in no order. */
export async function onCallOfficers(transaction: Transaction, ids: readonly Id[]): Promise<OnCallOfficer[]> {
  const known = ids.filter(isId);
  return known.length === 0 ? [] : read(transaction, 'id in (?)', [known.map(toBinary)]);
}

/** Those who have this role at this very office, the longest there first. */
export function onCallAt(transaction: Transaction, officeId: Id, role: Role): Promise<OnCallOfficer[]> {
  return read(transaction, 'office_id = ? and role = ?', [toBinary(officeId), role]);
}

async function read(
  transaction: Transaction,
  condition: string,
  parameters: unknown[],
): Promise<OnCallOfficer[]> {
  const rows = await transaction.query<Row>(
    `select id, office_id, role, zone from officer where ${condition} and disabled_at is null order by id`,
    parameters,
  );
  return rows
    .filter(({ role }) => may({ role }, 'escalations'))
    .map(({ id, office_id, role, zone }) => ({
      id: fromBinary(id),
      officeId: fromBinary(office_id),
      role,
      zone,
    }));
}

/**
 * The officers who are named must be able to open what they are asked about.
 * @param named by the field of the input that names them
 */
export async function officerErrors(
  transaction: Transaction,
  tree: OfficeTree,
  officeId: Id,
  named: ReadonlyMap<string, Id>,
): Promise<FieldError[]> {
  const offices = overseers(tree, officeId);
  const officers = await onCallOfficers(transaction, [...named.values()]);
  const able = new Set(officers.filter((one) => offices.includes(one.officeId)).map(({ id }) => id));
  return [...named].filter(([, id]) => !able.has(id)).map(([field]) => officerUnknown(field));
}

function officerUnknown(field: string): FieldError {
  return fieldError(
    field,
    'officer_unknown',
    'Bukan petugas aktif di kantor ini atau di atasnya yang boleh menangani eskalasi.',
    'Not an enabled officer of this office or of a node above it who may take escalations.',
  );
}
