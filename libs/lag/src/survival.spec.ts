import fc from 'fast-check';
import { waitingAt } from './curve';
import { estimateSurvival, type Observation } from './survival';

const hour = 3_600_000;

/** `+`: still unmatched when last seen. */
function observed(text: string): Observation[] {
  return text.split(' ').map((word) => ({
    milliseconds: Number.parseFloat(word) * hour,
    matched: !word.endsWith('+'),
  }));
}

const observations = fc.array(
  fc.record({ milliseconds: fc.integer({ min: 1, max: 300 * hour }), matched: fc.boolean() }),
  { maxLength: 300 },
);

it('gives the estimates of the textbook example (Freireich 1963, 21 patients), with ties and censoring', () => {
  const { events, censored, curve } = estimateSurvival(
    observed('6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'),
  );
  expect({ events, censored }).toEqual({ events: 9, censored: 12 });
  const shares = curve.map(([at, waiting]) => [at / hour, Math.round(waiting * 1000) / 1000]);
  expect(shares).toEqual([
    [6, 0.857],
    [7, 0.807],
    [10, 0.753],
    [13, 0.69],
    [16, 0.627],
    [22, 0.538],
    [23, 0.448],
    [35, 0.448],
  ]);
});

it.each([
  ['nothing was seen', '', []],
  ['nobody matched', '3+ 9+', []],
  ['one matched', '2', [[2 * hour, 0]]],
])('when %s', (_, text, curve) => {
  expect(estimateSurvival(text ? observed(text) : []).curve).toEqual(curve);
});

it('is the plain share of those who still wait when nobody was lost from sight', () => {
  fc.assert(
    fc.property(observations, (seen) => {
      const all = seen.map(({ milliseconds }) => ({ milliseconds, matched: true }));
      for (const [at, waiting] of estimateSurvival(all).curve) {
        const later = all.filter(({ milliseconds }) => milliseconds > at).length;
        expect(waiting).toBeCloseTo(later / all.length, 4);
      }
    }),
  );
});

it('falls, never rises, stays small enough to store, and does not care for the order of the tickets', () => {
  fc.assert(
    fc.property(observations, (seen) => {
      const { curve } = estimateSurvival(seen);
      expect(curve.length).toBeLessThanOrEqual(102);
      for (const [index, [at, waiting]] of curve.entries()) {
        const [before, share] = curve[index - 1] ?? [0, 1];
        expect(at).toBeGreaterThan(before);
        expect(waiting).toBeLessThanOrEqual(share);
      }
      expect(estimateSurvival(seen.toReversed()).curve).toEqual(curve);
    }),
  );
});

it('is not drawn down by tickets that are lost from sight early: they only stop counting', () => {
  const matched = observed('1 2 3 4 5 6 7 8 9 10');
  const lost = Array.from({ length: 50 }, () => ({ milliseconds: hour / 2, matched: false }));
  const waiting = waitingAt(estimateSurvival([...matched, ...lost]).curve, 5 * hour);
  expect(waiting).toBeCloseTo(0.5);
});

it('leaves out who was accepted just now: no time tells nothing, unless the match was seen', () => {
  const halves = {
    events: 2,
    censored: 0,
    curve: [
      [hour, 0.5],
      [2 * hour, 0],
    ],
  };
  expect(estimateSurvival(observed('0+ 1 2 0+'))).toEqual(halves);
  expect(estimateSurvival(observed('0 1'))).toEqual({
    events: 2,
    censored: 0,
    curve: [
      [1, 0.5],
      [hour, 0],
    ],
  });
});

it('keeps a point for each hundredth that the share falls, and the last fall however small', () => {
  const slow = Array.from({ length: 200 }, (_, index) => ({
    milliseconds: (index + 1) * hour,
    matched: true,
  }));
  const { curve } = estimateSurvival(slow);
  expect(curve).toHaveLength(100);
  expect(curve.slice(0, 2)).toEqual([
    [2 * hour, 0.99],
    [4 * hour, 0.98],
  ]);
  const waiting = Array.from({ length: 299 }, () => ({ milliseconds: 2 * hour, matched: false }));
  expect(estimateSurvival([...observed('1'), ...waiting]).curve).toEqual([
    [hour, 0.99667],
    [2 * hour, 0.99667],
  ]);
});

it('ends where the last was watched, once', () => {
  expect(estimateSurvival(observed('1 2 2+')).curve).toEqual([
    [hour, 0.66667],
    [2 * hour, 0.33333],
  ]);
});
