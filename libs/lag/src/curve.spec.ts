import fc from 'fast-check';
import { chanceBefore, conditionalQuantile, endOf, longestRisk, waitingAt } from './curve';
import { estimateSurvival, type LagCurve } from './survival';

/** Nobody in the first 10, then one in two by 20 and the rest but a tenth by 40; watched until 60. */
const curve: LagCurve = [
  [10, 1],
  [20, 0.5],
  [40, 0.1],
  [60, 0.1],
];

it.each([
  [0, 1],
  [10, 1],
  [15, 0.75],
  [20, 0.5],
  [30, 0.3],
  [40, 0.1],
  [99, 0.1],
])('after %s, %s of them still wait', (elapsed, waiting) => {
  expect(waitingAt(curve, elapsed)).toBeCloseTo(waiting);
});

it.each([
  [0, 0.5, 20],
  [0, 0.25, 15],
  [0, 0.9, 40],
  // Half of the tickets that wait after 20: a share of 0.25 of all.
  [20, 0.5, 32.5],
  [5, 0.25, 15],
  // One in ten was never seen to match, and nobody was watched for longer than 60.
  [0, 0.95, null],
  [45, 0.1, null],
  [60, 0.1, null],
])('at age %s, %s of them have matched at %s', (elapsed, share, at) => {
  const quantile = conditionalQuantile(curve, elapsed, share);
  expect(quantile === null ? null : Math.round(quantile * 100) / 100).toBe(at);
});

it.each([
  [0, 20, 0.5],
  [20, 40, 0.8],
  [20, 20, 0],
  // A deadline that had passed.
  [20, 10, 0],
  // Beyond the curve: the least that can be said.
  [0, 1000, 0.9],
  [60, 1000, null],
])('at age %s, the chance of a match before %s is %s', (elapsed, until, chance) => {
  const found = chanceBefore(curve, elapsed, until);
  expect(found === null ? null : Math.round(found * 100) / 100).toBe(chance);
});

it('gives no chance to who still waits although everybody was seen to match', () => {
  const all: LagCurve = [
    [10, 0],
    [20, 0],
  ];
  expect(chanceBefore(all, 12, 15)).toBeNull();
});

it('finds the longest risk at the age where waiting lasts longest, and to the end where that is unknown', () => {
  const slowing: LagCurve = [
    [10, 0.2],
    [20, 0.1],
    [25, 0.09],
    [100, 0.01],
  ];
  // Half of those who wait at 20 have matched by 62.5; of all, half by 6.25.
  expect(longestRisk(slowing, 0.5)).toBeCloseTo(42.5, 3);
  expect(longestRisk(curve, 0.95)).toBe(60);
});

it('knows nothing from nothing', () => {
  expect(waitingAt([], 5)).toBe(1);
  expect(conditionalQuantile([], 0, 0.5)).toBeNull();
  expect(chanceBefore([], 0, 5)).toBeNull();
  expect(longestRisk([], 0.5)).toBe(0);
});

const curves = fc
  .array(fc.record({ milliseconds: fc.integer({ min: 1, max: 1e8 }), matched: fc.boolean() }), {
    minLength: 1,
    maxLength: 200,
  })
  .map((seen) => estimateSurvival(seen).curve);

it('quantile and chance are each the inverse of the other, at every age', () => {
  fc.assert(
    fc.property(
      curves,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 99 }),
      (made, age, percent) => {
        const elapsed = Math.floor(age * endOf(made));
        const at = conditionalQuantile(made, elapsed, percent / 100);
        fc.pre(at !== null);
        expect(at).toBeGreaterThanOrEqual(elapsed);
        expect(chanceBefore(made, elapsed, at)).toBeCloseTo(percent / 100, 2);
      },
    ),
  );
});

it('nobody with more time than the longest risk is below the line', () => {
  fc.assert(
    fc.property(curves, fc.double({ min: 0, max: 1, noNaN: true }), (made, age) => {
      const elapsed = Math.floor(age * endOf(made));
      const chance = chanceBefore(made, elapsed, elapsed + longestRisk(made, 0.5) + 1);
      // A curve that ends before half of the old have matched cannot say more than that.
      fc.pre(chance !== null && conditionalQuantile(made, elapsed, 0.5) !== null);
      expect(chance).toBeGreaterThanOrEqual(0.5 - 1e-6);
    }),
  );
});
