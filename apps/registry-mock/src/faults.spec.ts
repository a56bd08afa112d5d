import { drawFault } from './faults';
import { faultsSetting } from './settings';

it('gives each fault its share of the requests, one fault a request', () => {
  const faults = { hangShare: 0.25, resetShare: 0.25, loseAnswerShare: 0.25 };
  const drawn = [0, 0.24, 0.26, 0.49, 0.51, 0.74, 0.76, 0.999].map((chance) =>
    drawFault(faults, () => chance),
  );
  expect(drawn).toEqual([
    'hangShare',
    'hangShare',
    'resetShare',
    'resetShare',
    'loseAnswerShare',
    'loseAnswerShare',
    null,
    null,
  ]);
});

it('is always with a share of 1 and never without shares', () => {
  expect(drawFault({ garbageShare: 1 }, () => 1 - 2 ** -53)).toBe('garbageShare');
  expect(drawFault({}, () => 0)).toBeNull();
  expect(drawFault({ hangShare: 0 }, () => 0)).toBeNull();
});

it('takes no shares beyond 1 in all, and no unknown field', () => {
  expect(faultsSetting.safeParse({ hangShare: 0.6, resetShare: 0.4 }).success).toBe(true);
  expect(faultsSetting.safeParse({ hangShare: 0.6, resetShare: 0.5 }).success).toBe(false);
  expect(faultsSetting.safeParse({ hangshare: 0.1 }).success).toBe(false);
});
