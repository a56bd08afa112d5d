import { fromBinary, isId, newId, toBinary } from './ids';

it('makes ids of version 7 that differ, rise, and begin with the time', () => {
  const before = Date.now();
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids.every(isId)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  const time = Number.parseInt(ids[0]!.replaceAll('-', '').slice(0, 12), 16);
  expect(time).toBeGreaterThanOrEqual(before);
  expect(time).toBeLessThanOrEqual(Date.now());
});

it('draws the last 62 bits at random', () => {
  const tails = Array.from({ length: 1_000 }, () => newId().slice(19));
  expect(new Set(tails).size).toBe(tails.length);
});

it('reads back what it writes, and takes nothing else', () => {
  const id = newId();
  expect(toBinary(id)).toHaveLength(16);
  expect(fromBinary(toBinary(id))).toBe(id);
  for (const text of ['', 'abc', id.slice(1), `${id}00`, id.replace(/.$/, 'g')]) {
    expect(() => toBinary(text)).toThrow(RangeError);
  }
});
