import { enabledOfficers, enabledOfficersAt, may, type OfficerPost, type Role } from '@sinkron/accounts';
import { type Id, isId, type Transaction } from '@sinkron/database';
import { type FieldError, fieldError } from '@sinkron/observability';
import { type OfficeTree, overseers } from '@sinkron/offices';

/** Somebody who could take an escalation: enabled, and in a role that may. */
export type OnCallOfficer = OfficerPost;

/** The ones of these ids, in the order of their ids. */
export async function onCallOfficers(transaction: Transaction, ids: readonly Id[]): Promise<OnCallOfficer[]> {
  return mayTakeEscalations(await enabledOfficers(transaction, ids.filter(isId)));
}

/** Those who have this role at this very office, the longest there first. */
export async function onCallAt(transaction: Transaction, officeId: Id, role: Role): Promise<OnCallOfficer[]> {
  return mayTakeEscalations(await enabledOfficersAt(transaction, officeId, role));
}

function mayTakeEscalations(officers: OfficerPost[]): OnCallOfficer[] {
  return officers.filter((officer) => may(officer, 'escalations'));
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
