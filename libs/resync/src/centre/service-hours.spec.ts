import { millisecondsToOpening, nextMidnightInJakarta } from './service-hours';

const minutes = (hours: { from: string; to: string }, at: string) => {
  const wait = millisecondsToOpening(new Date(`2026-11-22T${at}:00+07:00`), hours);
  return wait === null ? null : wait / 60_000;
};

it.each([
  ['07:00', null],
  ['18:00', null],
  ['18:01', 13 * 60 - 1],
  ['23:59', 7 * 60 + 1],
  ['00:00', 7 * 60],
  ['06:59', 1],
])('at %s WIB, with hours from 07:00 to 18:00', (at, wait) => {
  expect(minutes({ from: '07:00', to: '18:00' }, at)).toBe(wait);
});

it('knows hours that pass midnight', () => {
  const night = { from: '20:00', to: '04:00' };
  expect(minutes(night, '23:00')).toBeNull();
  expect(minutes(night, '03:00')).toBeNull();
  expect(minutes(night, '12:00')).toBe(8 * 60);
});

it.each([
  ['2026-11-22T16:59:59.999Z', '2026-11-22T17:00:00.000Z'],
  ['2026-11-22T17:00:00.000Z', '2026-11-23T17:00:00.000Z'],
])('the quota used up at %s is renewed at %s', (now, midnight) => {
  expect(nextMidnightInJakarta(new Date(now)).toISOString()).toBe(midnight);
});
