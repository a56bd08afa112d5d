import { nextScheduledReading } from './next-reading';

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
  expect((nextScheduledReading(pushed, now, offsets).getTime() - pushed.getTime()) / minute).toBe(next);
});
