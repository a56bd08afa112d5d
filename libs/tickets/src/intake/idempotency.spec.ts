import { IdempotencyDigests, isOfKey, isSameBody, newRecord } from './idempotency';
import type { Key } from '@sinkron/config';
import { BlindIndex, newId } from '@sinkron/database';

const one: Key = { id: 'k1', key: Buffer.alloc(32, 1) };
const two: Key = { id: 'k2', key: Buffer.alloc(32, 2) };

const sent = { officerId: newId(), route: 'POST /v1/tickets', key: 'sari-0810', body: { a: 1, b: [2] } };

/** What a process with this ring makes of a request. */
function at(ring: Key[], changes: Partial<typeof sent> = {}) {
  return new IdempotencyDigests({ indexKeys: ring }, new BlindIndex(ring)).of({ ...sent, ...changes });
}

function recordAt(ring: Key[]) {
  return newRecord(at(ring), { httpStatus: 201 }, new Date(0));
}

it.each([
  ['the same ring', [one], [one]],
  ['a new key that comes in', [one], [one, two]],
  ['a new key that comes first', [one, two], [two, one]],
  ['an older process', [two, one], [one, two]],
  ['the old key that has gone', [two, one], [two]],
])('finds a request again with %s', (_, then, now) => {
  const record = recordAt(then);
  expect(isOfKey(record, at(now))).toBe(true);
  expect(isSameBody(at(now, { body: { b: [2], a: 1 } }), record.bodyDigest)).toBe(true);
  expect(isSameBody(at(now, { body: { b: [2], a: 2 } }), record.bodyDigest)).toBe(false);
});

it.each([
  ['key', { key: 'sari-0811' }],
  ['officer', { officerId: newId() }],
  ['route', { route: 'POST /v1/other' }],
])('is another request by another %s', (_, changes) => {
  expect(isOfKey(recordAt([one, two]), at([one, two], changes))).toBe(false);
});

it('keeps nothing from which the key could be guessed without the index key', () => {
  const record = recordAt([one, two]);
  expect(JSON.stringify(record)).not.toContain('sari');
  expect(record.keyA).not.toEqual(record.keyB);
  const elsewhere = newRecord(at([{ ...one, key: Buffer.alloc(32, 3) }]), { httpStatus: 201 }, new Date(0));
  expect(isOfKey(elsewhere, at([one]))).toBe(false);
});
