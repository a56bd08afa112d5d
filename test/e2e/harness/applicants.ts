import { syntheticKk, syntheticPeople, type SyntheticPerson } from '@sinkron/identity';

/** Somebody with a new family card that the central registry does not know yet. Nobody here exists. */
export interface Applicant extends SyntheticPerson {
  /** The number of the card before, which the centre still holds. */
  oldKk: string;
  phone: string;
}

const people = syntheticPeople(20261122);
let made = 0;

export function newApplicant(): Applicant {
  const person = people.next().value;
  const serial = ++made;
  return {
    ...person,
    oldKk: syntheticKk({ regency: person.nik.slice(0, 4), recordedOn: '2005-06-07', serial }),
    phone: `+6281000${String(serial).padStart(6, '0')}`,
  };
}

/** What an officer types at the counter. */
export function complaintOf({ nik, noKk, oldKk, name, birthDate, birthPlace, sex, phone }: Applicant) {
  return {
    service: 'nik_kk_sync',
    purpose: 'cpns_sscasn',
    cause: 'kk_changed_not_synced',
    channel: 'counter',
    applicant: { name, nik, kk: noKk, previousKk: oldKk, birthDate, birthPlace, sex, phone },
  };
}

/** What the centre holds of them before the resync. */
export function residentOf(
  { nik, oldKk, name, birthDate, birthPlace, sex }: Applicant,
  state: 'active' | 'inactive' | 'deceased' | 'duplicate' = 'active',
) {
  return { nik, noKk: oldKk, name, birthDate, birthPlace, sex, state };
}
