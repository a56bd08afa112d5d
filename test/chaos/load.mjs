import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const require = createRequire(import.meta.url);

/** People who do not exist, whose new family card the centre does not know yet. @param {number} count */
export function applicants(seed, count) {
  const { syntheticPeople, syntheticKk } = require('../../dist/libs/identity/src/index.js');
  const people = syntheticPeople(seed);
  return Array.from({ length: count }, (_, at) => {
    const person = people.next().value;
    const regency = person.nik.slice(0, 4);
    const phone = `+6281000${String(at).padStart(5, '0')}`;
    return {
      ...person,
      phone,
      oldKk: syntheticKk({ regency, recordedOn: '2005-06-07', serial: (at % 9_999) + 1 }),
    };
  });
}

/** What the centre holds of them at the beginning. */
export const residentOf = ({ nik, oldKk, name, birthDate, birthPlace, sex }) => ({
  nik,
  noKk: oldKk,
  name,
  birthDate,
  birthPlace,
  sex,
  state: 'active',
});

const complaintOf = ({ nik, noKk, oldKk, name, birthDate, birthPlace, sex, phone }) => ({
  service: 'nik_kk_sync',
  purpose: 'cpns_sscasn',
  cause: 'kk_changed_not_synced',
  channel: 'counter',
  applicant: { name, nik, kk: noKk, previousKk: oldKk, birthDate, birthPlace, sex, phone },
  notices: ['whatsapp'],
});

/**
 * Officers who go on working whatever happens: one complaint after the other at a steady rate, each sent again under
 * the same Idempotency-Key until it is answered.
 *
 * @param {{ api: string, people: object[], rate: number, credentials: object, signal: AbortSignal }} order
 * @returns {{ answered: Map<string, object>, tries: () => number, done: Promise<void> }} `answered`: code → person
 */
export function steadyLoad({ api, people, rate, credentials, signal }) {
  const answered = new Map();
  const odd = new Map();
  let tries = 0;
  let token = '';

  const post = async (path, body, headers = {}) => {
    tries += 1;
    const response = await fetch(api + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, body: await response.json() };
  };
  const signIn = async () => {
    const { status, body } = await post('/v1/sessions', credentials);
    if (status === 201) token = body.accessToken;
  };
  const complain = async (person, at) => {
    while (!signal.aborted) {
      try {
        const headers = { authorization: `Bearer ${token}`, 'idempotency-key': `chaos-${at}` };
        const { status, body } = await post('/v1/tickets', complaintOf(person), headers);
        if (status === 201 || status === 200) return void answered.set(body.code, person);
        if (status === 401) await signIn();
        else if (status < 500 && status !== 409 && status !== 429)
          return void odd.set(at, `${status} ${body.type}`);
      } catch {
        // No answer: the officer sends it again.
      }
      await sleep(300 + Math.random() * 700);
    }
  };
  const work = async () => {
    const sent = [];
    for (const [at, person] of people.entries()) {
      if (signal.aborted) break;
      sent.push(complain(person, at));
      await sleep(1000 / rate);
    }
    await Promise.all(sent);
  };
  return { answered, odd, tries: () => tries, done: work() };
}
