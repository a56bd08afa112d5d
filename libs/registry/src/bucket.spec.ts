import { Bucket } from './bucket';

it('lets a burst go at once and then spaces the calls, in the order in which they asked', () => {
  const bucket = new Bucket({ perSecond: 10, burst: 3 });
  expect(Array.from({ length: 6 }, () => bucket.reserve(1000, 500))).toEqual([0, 0, 0, 100, 200, 300]);
});

it('reserves nothing for a caller who would have to wait longer than its patience', () => {
  const bucket = new Bucket({ perSecond: 10, burst: 1 });
  bucket.reserve(0, 0);
  expect(bucket.reserve(0, 50)).toBe(-100);
  expect(bucket.reserve(0, 50)).toBe(-100);
  expect(bucket.reserve(60, 50)).toBe(40);
});

it('saves no more than a burst while nobody calls', () => {
  const bucket = new Bucket({ perSecond: 10, burst: 2 });
  bucket.reserve(0, 0);
  expect(Array.from({ length: 3 }, () => bucket.reserve(60_000, 1000))).toEqual([0, 0, 100]);
});
