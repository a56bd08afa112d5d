import fc from 'fast-check';
import { faultOf, faultOfConnection, faultOfStatus } from './error-classes';

it.each([0, 3, 10, 33, 190, 200, 250, 299, 368, 131005, 131031, 131042, 131045, 133000, 133010, 133016])(
  'code %i is a matter of configuration: tried again, but not soon',
  (code) => {
    expect(faultOf(code)).toEqual({ end: 'later', reason: 'configuration', wait: 300_000 });
  },
);

it.each([1, 2, 131000, 131016, 131057, 132069, 133004])('code %i passes by itself', (code) => {
  expect(faultOf(code)).toMatchObject({ end: 'later', reason: 'unavailable' });
});

it.each([4, 80007, 130429, 131048, 131056])('code %i asks us to be slower', (code) => {
  expect(faultOf(code)).toMatchObject({ end: 'later', reason: 'too_fast' });
});

it.each([
  [100, 'malformed'],
  [131008, 'malformed'],
  [131009, 'malformed'],
  [131051, 'malformed'],
  [131052, 'malformed'],
  [131053, 'malformed'],
  [132000, 'template'],
  [132001, 'template'],
  [132005, 'template'],
  [132007, 'template'],
  [132012, 'template'],
  [132015, 'template'],
  [132016, 'template'],
  [132068, 'template'],
  [131021, 'own_number'],
  [131026, 'not_on_whatsapp'],
  [131030, 'not_allowed'],
  [130472, 'held_back'],
  [130497, 'not_allowed'],
  [131049, 'held_back'],
  [131050, 'stopped'],
])('code %i will never do for this message: %s', (code, reason) => {
  expect(faultOf(code)).toEqual({ end: 'refused', reason });
});

it('blames an id of ours that does not exist on the configuration, not on the message', () => {
  expect(faultOf(100, 33)).toMatchObject({ end: 'later', reason: 'configuration' });
});

it('tries again whatever nobody has seen yet', () => {
  expect(faultOf(999_999)).toEqual({ end: 'later', reason: 'no_answer' });
  expect(faultOf(null)).toEqual({ end: 'later', reason: 'no_answer' });
});

it('gives every code an end whose reason fits its column', () => {
  fc.assert(
    fc.property(fc.integer(), (code) => {
      const fault = faultOf(code);
      expect(fault.reason).toMatch(/^[a-z_]{1,64}$/);
    }),
  );
});

it.each([
  [401, 'configuration'],
  [403, 'configuration'],
  [429, 'too_fast'],
  [404, 'no_answer'],
  [500, 'no_answer'],
  [503, 'no_answer'],
])('an answer %i without a code is read as %s', (status, reason) => {
  expect(faultOfStatus(status)).toMatchObject({ end: 'later', reason });
});

it('tells a server that was never reached from one that may have taken the message', () => {
  const refused = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
  const reset = new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
  expect(faultOfConnection(refused)).toEqual({ end: 'later', reason: 'unreachable' });
  expect(faultOfConnection(reset)).toEqual({ end: 'later', reason: 'no_answer' });
  expect(faultOfConnection(null)).toEqual({ end: 'later', reason: 'no_answer' });
});
