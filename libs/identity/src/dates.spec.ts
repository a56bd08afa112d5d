import * as fc from 'fast-check';
import { ageOn, isoDate, parseDate, todayInIndonesia } from './dates';

const today = '2026-11-22';

describe('parseDate', () => {
  it('takes every real day from 1900 to today', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date(today), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const text = date.toISOString().slice(0, 10);
        expect(parseDate(text, today)).toBe(text);
      }),
    );
  });

  it('knows that 2000 was a leap year', () => expect(parseDate('2000-02-29', today)).toBe('2000-02-29'));

  it.each([
    '1995-02-31',
    '1995-02-29',
    '1900-02-29',
    '1995-04-31',
    '1995-13-01',
    '1995-00-10',
    '1995-01-00',
    '1899-12-31',
    '2026-11-23',
    '31-02-1995',
    '1995-2-1',
    '1995-02-01T00:00',
    ' 1995-02-01',
    '1995-02-01\n',
    '１９９５-02-01',
    '+01995-02-01',
    '1'.repeat(10_000_000),
  ])('gives null for what is no such day (case %#)', (text) => expect(parseDate(text, today)).toBeNull());

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => expect(parseDate(text, today)).toBeNull()),
    );
  });
});

it('isoDate agrees with the calendar of the platform', () => {
  const year = fc.integer({ min: 1900, max: 2199 });
  const month = fc.integer({ min: 0, max: 13 });
  const day = fc.integer({ min: 0, max: 32 });
  fc.assert(
    fc.property(year, month, day, (year, month, day) => {
      const date = new Date(Date.UTC(year, month - 1, day));
      const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
      expect(isoDate(year, month, day)).toBe(isReal ? date.toISOString().slice(0, 10) : null);
    }),
  );
});

it('todayInIndonesia turns at midnight in Jayapura', () => {
  expect(todayInIndonesia(new Date('2026-11-22T14:59:59.999Z'))).toBe('2026-11-22');
  expect(todayInIndonesia(new Date('2026-11-22T15:00:00.000Z'))).toBe('2026-11-23');
});

it('ageOn counts whole years', () => {
  expect(ageOn('2026-11-22', '1995-11-22')).toBe(31);
  expect(ageOn('2026-11-22', '1995-11-23')).toBe(30);
  expect(ageOn('2026-02-28', '2000-02-29')).toBe(25);
  expect(ageOn('2026-11-22', '2026-11-23')).toBe(-1);
});
