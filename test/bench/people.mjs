import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Complaints about people who do not exist, no two about the same one; as long and as full as those of a counter.
 * @param {number} seed another one for every load
 * @returns {Generator<string, never>} bodies of `POST /v1/tickets`
 */
export function* complaints(seed) {
  const { syntheticPeople } = require('../../dist/libs/identity/src/index.js');
  for (const { nik, noKk, name, birthDate, birthPlace, sex } of syntheticPeople(seed)) {
    const applicant = { name, nik, kk: noKk, birthDate, birthPlace, sex, phone: '+628100000001' };
    yield JSON.stringify({
      service: 'nik_kk_sync',
      purpose: 'cpns_sscasn',
      cause: 'kk_changed_not_synced',
      channel: 'counter',
      applicant,
      symptom: 'Nomor KK tidak sesuai dengan data Dukcapil',
    });
  }
}

/**
 * The first of the same people as the centre holds them: under an older family card.
 * @param {number} seed
 * @param {number} count
 */
export function residents(seed, count) {
  const { syntheticPeople } = require('../../dist/libs/identity/src/index.js');
  const people = syntheticPeople(seed)[Symbol.iterator]();
  return Array.from({ length: count }, () => ({
    ...people.next().value,
    noKk: '3319990203150077',
    state: 'active',
  }));
}
