import { backOff } from './gates';

const bounds = { least: 1_000, most: 60_000 };

it.each([
  [1, 1_000],
  [2, 2_000],
  [5, 16_000],
  [7, 60_000],
  [2_000, 60_000],
])('after %s failures waits %s ms, give or take a tenth', (failures, wait) => {
  const waits = Array.from({ length: 200 }, () => backOff(bounds, failures));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(wait * 0.9);
  expect(Math.max(...waits)).toBeLessThanOrEqual(wait * 1.1);
  // What failed together is not tried again together.
  expect(new Set(waits).size).toBeGreaterThan(20);
});
