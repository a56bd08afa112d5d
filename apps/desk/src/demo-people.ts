import { syntheticKk, syntheticPeople, type SyntheticPerson } from '@sinkron/identity';

/** A resident of the demo, and the number of the family card they had before, if the centre still holds that one. */
export interface DemoPerson extends SyntheticPerson {
  previousKk: string | null;
}

const seed = 3319;
const count = 1000;
const outOfStep = 600;

/** Always the same thousand; the centre begins with the old family card of the first 600. */
export function demoPeople(): DemoPerson[] {
  const people = syntheticPeople(seed);
  return Array.from({ length: count }, (_, at) => {
    const person = people.next().value;
    return { ...person, previousKk: at < outOfStep ? oldKk(person, at + 1) : null };
  });
}

/** Those whom the README and the examples of the API name, under an older family card too. */
export const namedPeople: readonly DemoPerson[] = [
  {
    nik: '3319994107980001',
    noKk: '3319991502250001',
    previousKk: '3319990101100001',
    name: 'Sari Wulandari',
    birthDate: '1998-07-01',
    birthPlace: 'Kudus',
    sex: 'F',
  },
  {
    nik: '3319994107980002',
    noKk: '3319991502250002',
    previousKk: '3319990101100002',
    name: 'Bunga Anggraini',
    birthDate: '1998-07-01',
    birthPlace: 'Kudus',
    sex: 'F',
  },
];

/** Earlier than the card of anybody in the generator, so it is nobody else's. */
function oldKk({ nik }: SyntheticPerson, serial: number): string {
  return syntheticKk({ regency: nik.slice(0, 4), recordedOn: '2005-06-07', serial });
}

/** What the centre holds of them at the beginning. */
export function residentOf({ previousKk, noKk, ...person }: DemoPerson) {
  return { ...person, noKk: previousKk ?? noKk, state: 'active' };
}

/** What an officer types at the counter for somebody whose new family card has not reached the centre. */
export function complaintOf({ nik, noKk, previousKk, name, birthDate, birthPlace, sex }: DemoPerson) {
  return {
    service: 'nik_kk_sync',
    purpose: 'cpns_sscasn',
    cause: 'kk_changed_not_synced',
    channel: 'counter',
    applicant: { name, nik, kk: noKk, previousKk, birthDate, birthPlace, sex, phone: '+628100000003' },
  };
}
