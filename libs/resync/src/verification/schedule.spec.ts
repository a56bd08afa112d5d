import { nextCheck, nextMidnightInJakarta } from './schedule';

const minute = 60_000;
const offsets = [5, 15, 30, 60].map((minutes) => minutes * minute);
const pushed = new Date('2026-11-22T03:00:00Z');

it.each([
  [0, 5],
  [5, 15],
  [14.9, 15],
  [30, 60],
  [60, 120],
  [61, 120],
  [1439, 1440],
])('%s minutes after the push, the next reading is at minute %s', (elapsed, next) => {
  const now = new Date(pushed.getTime() + elapsed * minute);
  expect((nextCheck(pushed, now, offsets).getTime() - pushed.getTime()) / minute).toBe(next);
});

it.each([
  ['2026-11-22T16:59:59.999Z', '2026-11-22T17:00:00.000Z'],
  ['2026-11-22T17:00:00.000Z', '2026-11-23T17:00:00.000Z'],
])('the quota used up at %s is renewed at %s', (now, midnight) => {
  expect(nextMidnightInJakarta(new Date(now)).toISOString()).toBe(midnight);
});
