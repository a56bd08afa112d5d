import fc from 'fast-check';
import { nextReading, readingTarget } from './reading-plan';
import type { LagCurve } from './survival';

const minute = 60_000;
const bounds = { least: 5 * minute, most: 120 * minute };
/** Nobody in the first hour, then evenly over ten more. */
const curve: LagCurve = [
  [60 * minute, 1],
  [660 * minute, 0],
];

it.each([
  ['waits for the first tenth', 0, 0.1, 120],
  ['goes on by tenths of those who wait', 120 * minute, 0.1, 174],
  ['never so seldom that a match lies longer than the longest wait', 120 * minute, 0.5, 240],
  ['never so often as to hurry', 655 * minute, 0.1, 660],
  ['reads seldom where nobody was ever watched', 700 * minute, 0.1, 820],
])('%s', (_, elapsed, target, minutes) => {
  expect(nextReading(curve, elapsed, target, bounds) / minute).toBeCloseTo(minutes);
});

it('always moves on, within its bounds', () => {
  fc.assert(
    fc.property(fc.nat(1000 * minute), fc.double({ min: 0.01, max: 0.5, noNaN: true }), (elapsed, target) => {
      const wait = nextReading(curve, elapsed, target, bounds) - elapsed;
      expect(wait).toBeGreaterThanOrEqual(bounds.least);
      expect(wait).toBeLessThanOrEqual(bounds.most);
    }),
  );
});

it.each([
  ['without a quota', null, 205_600, 0.1],
  ['with more than enough', 3_500_000, 77_100, 0.1],
  ['with five readings a ticket, one of them before the push', 1_028_000, 205_600, 0.25],
  ['with less than the pushes themselves need', 100_000, 205_600, 0.5],
])('reads %s', (_, quota, pushes, target) => {
  expect(readingTarget(quota, pushes)).toBeCloseTo(target);
});
