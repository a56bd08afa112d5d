import { dueEvidence, judgeDue, judgePace, paceEvidence, type WaitingPush } from './delay';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 22);
const at = (hours: number) => new Date(start + hours * hour);

/** Accepted every few minutes; each matches after six hours, give or take five, unless the centre halts before. */
function pushes(count: number, haltsAt = Infinity, now = 48): WaitingPush[] {
  return Array.from({ length: count }, (_, number) => {
    const accepted = (number * now) / count;
    const lag = 1 + ((number * 7) % 11);
    const matched = accepted + lag <= Math.min(haltsAt, now);
    const milliseconds = (matched ? lag : now - accepted) * hour;
    return { acceptedAt: at(accepted), milliseconds, matched };
  });
}

it('expects as many matches as came before, and finds them at a centre that goes on', () => {
  const evidence = paceEvidence(pushes(480), at(44));
  expect(evidence.expected / evidence.matched).toBeGreaterThan(0.7);
  expect(evidence.expected / evidence.matched).toBeLessThan(1.4);
  expect(judgePace(evidence)).toBe('going');
});

it('expects by what was known before the window alone, also of those that match in it', () => {
  const of = (accepted: number, lag: number) => ({
    acceptedAt: at(accepted),
    milliseconds: lag * hour,
    matched: true,
  });
  // Half matched after two hours; that the other half would after eleven, nobody knew at hour 10.
  const before = [of(0, 2), of(0, 2), of(0, 11), of(0, 11)];
  expect(paceEvidence(before, at(10))).toEqual({ watched: 2, expected: 0, matched: 2 });
  // One that was accepted since then is expected as those before it, and tells nothing of them.
  const { watched, expected, matched } = paceEvidence([...before, of(10.5, 0.25)], at(10));
  expect([watched, matched]).toEqual([3, 3]);
  expect(expected).toBeCloseTo(-Math.log(1 - 0.5 / 8), 6);
});

it('finds a halt within the window, and none in the few tickets of a small region', () => {
  const halted = paceEvidence(pushes(480, 44), at(44));
  expect(halted).toMatchObject({ matched: 0 });
  expect(judgePace(halted)).toBe('halted');
  expect(judgePace(paceEvidence(pushes(40, 44), at(44)))).toBe('unclear');
});

it('leaves what lies between a halt and half the pace to the next pass', () => {
  expect(judgePace({ watched: 100, expected: 30, matched: 15 })).toBe('going');
  expect(judgePace({ watched: 100, expected: 30, matched: 10 })).toBe('unclear');
  expect(judgePace({ watched: 100, expected: 30, matched: 6 })).toBe('halted');
  expect(judgePace({ watched: 100, expected: 3, matched: 12 })).toBe('going');
});

it('counts the pushes whose day just ended, matched or not', () => {
  const of = (accepted: number, matched: boolean): WaitingPush => ({
    acceptedAt: at(accepted),
    milliseconds: hour,
    matched,
  });
  const evidence = dueEvidence([of(0, false), of(19, true), of(20.5, true), of(22, false), of(30, false)], {
    now: at(46),
    window: 4 * hour,
    day: 24 * hour,
  });
  expect(evidence).toEqual({ due: 3, stillMismatching: 1 });
});

it('finds a general delay from half of those due on', () => {
  expect(judgeDue({ due: 40, stillMismatching: 20 })).toBe('late');
  expect(judgeDue({ due: 40, stillMismatching: 19 })).toBe('in_time');
  expect(judgeDue({ due: 9, stillMismatching: 9 })).toBe('unclear');
});
