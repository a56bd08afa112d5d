import { FailingEndpoints } from './failing-endpoints';

const later = { end: 'later', reason: 'time_out' } as const;
const sent = { end: 'sent', providerId: null } as const;

it('lets all try an endpoint that works', () => {
  const failing = new FailingEndpoints();
  expect(['a', 'b', 'c'].map((claim) => failing.enter('one', claim))).toEqual([true, true, true]);
});

it('lets one at a time try an endpoint that failed, and all again after an attempt that was accepted', () => {
  const failing = new FailingEndpoints();
  failing.judge('one', later);
  expect(failing.enter('one', 'a')).toBe(true);
  // The transaction in which it enters may be repeated.
  expect(failing.enter('one', 'a')).toBe(true);
  expect(failing.enter('one', 'b')).toBe(false);
  expect(failing.enter('other', 'b')).toBe(true);
  failing.leave('one', 'b');
  expect(failing.enter('one', 'b')).toBe(false);
  failing.judge('one', later);
  failing.leave('one', 'a');
  expect(failing.enter('one', 'b')).toBe(true);
  failing.judge('one', sent);
  failing.leave('one', 'b');
  expect(['a', 'b', 'c'].map((claim) => failing.enter('one', claim))).toEqual([true, true, true]);
});

it('forgets an endpoint that is gone or disabled', () => {
  const failing = new FailingEndpoints();
  failing.judge('one', later);
  failing.judge('one', { end: 'refused', reason: 'gone' });
  expect(failing.enter('one', 'a') && failing.enter('one', 'b')).toBe(true);
});
