import fc from 'fast-check';
import type { Zone } from './regions';
import { eastOfUtc, instantAt, sinceMidnight, wallClock } from './wall-clock';

const zones = Object.keys(eastOfUtc) as Zone[];

it.each<[string, Zone, string, number]>([
  ['2026-11-22T16:59:59Z', 'Asia/Jakarta', '2026-11-22', 6],
  ['2026-11-22T17:00:00Z', 'Asia/Pontianak', '2026-11-23', 0],
  ['2026-11-22T16:00:00Z', 'Asia/Makassar', '2026-11-23', 0],
  ['2026-11-22T14:59:59Z', 'Asia/Jayapura', '2026-11-22', 6],
  ['2026-11-22T15:00:00Z', 'Asia/Jayapura', '2026-11-23', 0],
  ['1969-12-31T20:00:00Z', 'Asia/Jakarta', '1970-01-01', 3],
])('%s is in %s the day %s', (instant, zone, date, weekday) => {
  expect(wallClock(new Date(instant), zone)).toMatchObject({ date, weekday });
});

it('shows what the time zone data of the platform shows', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      fc.constantFrom(...zones),
      (instant, zone) => {
        const format = new Intl.DateTimeFormat('sv-SE', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'medium',
        });
        const { date, time } = wallClock(instant, zone);
        expect(`${date} ${new Date(time).toISOString().slice(11, 19)}`).toBe(format.format(instant));
      },
    ),
  );
});

it('finds the instant of a date and time again', () => {
  const instant = instantAt('2026-11-22', '23:30', 'Asia/Jayapura');
  expect(instant.toISOString()).toBe('2026-11-22T14:30:00.000Z');
  expect(wallClock(instant, 'Asia/Jayapura')).toEqual({
    date: '2026-11-22',
    weekday: 6,
    time: sinceMidnight('23:30'),
  });
  expect(sinceMidnight('24:00')).toBe(86_400_000);
});
