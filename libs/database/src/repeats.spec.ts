import { pauseBefore } from './repeats';

it('waits anywhere up to a bound that doubles, and never long', () => {
  const longest = (repeat: number) => pauseBefore(repeat, () => 1);
  expect([1, 2, 3, 4, 8, 50, 2_000].map(longest)).toEqual([2, 4, 8, 16, 250, 250, 250]);
  expect(pauseBefore(8, () => 0)).toBe(0);
  expect(pauseBefore(8, () => 0.5)).toBe(125);
});
