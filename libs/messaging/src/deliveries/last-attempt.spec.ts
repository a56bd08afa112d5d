import type { Delivery } from './delivery';
import { isLastAttempt } from './last-attempt';

const now = new Date('2026-11-28T02:00:00Z');
const patience = 3_600_000;
const delivery = (given: Partial<Delivery>): Delivery =>
  ({ kind: 'notice', attempts: 1, fallbacks: [], createdAt: now, ...given }) as Partial<Delivery> as Delivery;
const old = new Date(now.getTime() - patience - 1);

it.each([
  ['the seventh of a notice', delivery({ attempts: 7 }), 'unavailable', false],
  ['the eighth of a notice', delivery({ attempts: 8 }), 'unavailable', true],
  ['the eighth, held back by our own limit', delivery({ attempts: 8 }), 'rate_limited', false],
  [
    'a question held back by our own limit',
    delivery({ kind: 'step', attempts: 3, fallbacks: ['email'] }),
    'rate_limited',
    false,
  ],
  [
    'the second of a question',
    delivery({ kind: 'step', attempts: 2, fallbacks: ['email'] }),
    'no_answer',
    false,
  ],
  [
    'the third of a question',
    delivery({ kind: 'step', attempts: 3, fallbacks: ['email'] }),
    'no_answer',
    true,
  ],
  [
    'the third of a question without another channel',
    delivery({ kind: 'step', attempts: 3 }),
    'no_answer',
    false,
  ],
  ['a wrong configuration', delivery({}), 'configuration', false],
  [
    'a wrong configuration where there is another channel',
    delivery({ fallbacks: ['email'] }),
    'configuration',
    true,
  ],
  ['any of a young event', delivery({ kind: 'event', attempts: 90 }), 'unavailable', false],
  ['one of an old event', delivery({ kind: 'event', createdAt: old }), 'unavailable', true],
])('%s', (_, tried, reason, last) => {
  expect(isLastAttempt(tried, reason, { now, patience })).toBe(last);
});
