import { isWorkingTime, quietUntil } from './working-time';
import type { Zone } from '@sinkron/identity';
import fc from 'fast-check';

const office = [{ from: '08:00', to: '16:00' }];
const week = [
  office,
  office,
  office,
  office,
  [
    { from: '08:00', to: '11:00' },
    { from: '13:00', to: '15:00' },
  ],
  [],
  [],
];
const none = new Set<string>();
const at = (text: string) => new Date(text);

it.each<[string, string, Zone, boolean]>([
  ['the first minute', '2026-11-23T01:00:00Z', 'Asia/Jakarta', true],
  ['the minute before', '2026-11-23T00:59:59.999Z', 'Asia/Jakarta', false],
  ['the last minute', '2026-11-23T08:59:59.999Z', 'Asia/Jakarta', true],
  ['the end', '2026-11-23T09:00:00Z', 'Asia/Jakarta', false],
  ['the pause on a Friday', '2026-11-27T04:30:00Z', 'Asia/Jakarta', false],
  ['after the pause on a Friday', '2026-11-27T06:00:00Z', 'Asia/Jakarta', true],
  ['a Sunday', '2026-11-22T03:00:00Z', 'Asia/Jakarta', false],
  ['Monday morning in Jayapura, where Jakarta still sleeps', '2026-11-22T23:00:00Z', 'Asia/Jayapura', true],
  ['the same moment in Jakarta', '2026-11-22T23:00:00Z', 'Asia/Jakarta', false],
  ['23:30 in Jayapura, 21:30 in Jakarta', '2026-11-23T14:30:00Z', 'Asia/Jayapura', false],
])('working time: %s', (_, instant, zone, expected) => {
  expect(isWorkingTime(at(instant), zone, week, none)).toBe(expected);
});

it('a holiday closes the whole local day, and nobody who never closes', () => {
  const holiday = new Set(['2026-11-23']);
  expect(isWorkingTime(at('2026-11-23T03:00:00Z'), 'Asia/Jakarta', week, holiday)).toBe(false);
  // Already Tuesday in Jayapura at 08:30.
  expect(isWorkingTime(at('2026-11-23T23:30:00Z'), 'Asia/Jayapura', week, holiday)).toBe(true);
  expect(isWorkingTime(at('2026-11-23T03:00:00Z'), 'Asia/Jakarta', null, holiday)).toBe(true);
});

it('hours may last until midnight', () => {
  const late = Array.from({ length: 7 }, () => [{ from: '22:00', to: '24:00' }]);
  expect(isWorkingTime(at('2026-11-23T14:30:00Z'), 'Asia/Jayapura', late, none)).toBe(true);
  expect(isWorkingTime(at('2026-11-23T15:00:00Z'), 'Asia/Jayapura', late, none)).toBe(false);
});

const night = { from: '22:00', to: '05:00' };

it.each<[string, string, Zone, { from: string; to: string } | null, string | null]>([
  ['before it begins', '2026-11-23T14:59:59Z', 'Asia/Jakarta', night, null],
  ['when it begins', '2026-11-23T15:00:00Z', 'Asia/Jakarta', night, '2026-11-23T22:00:00.000Z'],
  ['after midnight', '2026-11-23T21:59:00Z', 'Asia/Jakarta', night, '2026-11-23T22:00:00.000Z'],
  ['when it ends', '2026-11-23T22:00:00Z', 'Asia/Jakarta', night, null],
  ['at 23:30 in Jayapura', '2026-11-23T14:30:00Z', 'Asia/Jayapura', night, '2026-11-23T20:00:00.000Z'],
  [
    'within a day',
    '2026-11-23T05:30:00Z',
    'Asia/Jakarta',
    { from: '12:00', to: '13:00' },
    '2026-11-23T06:00:00.000Z',
  ],
  ['where nothing is said', '2026-11-23T15:00:00Z', 'Asia/Jakarta', null, null],
])('quiet time: %s', (_, instant, zone, quiet, expected) => {
  expect(quietUntil(at(instant), zone, quiet)?.toISOString() ?? null).toBe(expected);
});

it('the end of a quiet time lies ahead, within its length, and is not quiet', () => {
  const minutes = fc.integer({ min: 0, max: 1_439 });
  const text = (of: number) =>
    `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
  const instants = fc.date({ min: at('2026-01-01'), max: at('2028-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(minutes, minutes, instants, (from, to, instant) => {
      fc.pre(from !== to);
      const quiet = { from: text(from), to: text(to) };
      const end = quietUntil(instant, 'Asia/Makassar', quiet);
      if (end === null) return;
      const length = ((to - from + 1_440) % 1_440) * 60_000;
      expect(end.getTime()).toBeGreaterThan(instant.getTime());
      expect(end.getTime() - instant.getTime()).toBeLessThanOrEqual(length);
      expect(quietUntil(end, 'Asia/Makassar', quiet)).toBeNull();
    }),
  );
});
