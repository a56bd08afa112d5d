import { drawLag, happens, type Random } from './chance';

/** A linear congruential generator (Numerical Recipes): the same numbers in every run. */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const hour = 3600;

it('draws the production lag as the field reports it: median 6 h, 92 % within a day, p95 30 h', () => {
  const random = seeded(20261122);
  const lag = { kind: 'lognormal', medianSeconds: 6 * hour, sigma: 0.98 } as const;
  const drawn = Array.from({ length: 20_000 }, () => drawLag(lag, random)).sort((a, b) => a - b);
  const quantile = (share: number) => drawn[Math.floor(share * drawn.length)]! / hour;
  expect(quantile(0.5)).toBeCloseTo(6, 0);
  expect(quantile(0.92)).toBeGreaterThan(21);
  expect(quantile(0.92)).toBeLessThan(26);
  expect(quantile(0.95)).toBeCloseTo(30, -1);
  expect(drawn[0]).toBeGreaterThan(0);
});

it('keeps a fixed lag and bounds an absurd one', () => {
  expect(drawLag({ kind: 'fixed', seconds: 15 }, () => 0.5)).toBe(15);
  const absurd = { kind: 'lognormal', medianSeconds: 1e6, sigma: 5 } as const;
  const extremes = [1 - 1e-12, 0];
  expect(drawLag(absurd, () => extremes.shift()!)).toBe(365 * 24 * hour);
});

it('holds a share of 0 as never and of 1 as always', () => {
  expect(happens(0, () => 0)).toBe(false);
  expect(happens(1, () => 1 - 2 ** -53)).toBe(true);
});
