import * as fc from 'fast-check';
import { judgeKk } from './kk';
import { regencyCodes } from './regions';
import { syntheticKk } from './synthetic';

const today = '2026-11-22';

function codes(kk: string, context: { nik?: string; previousKk?: string } = {}): string[] {
  const judgement = judgeKk(kk, { today, ...context });
  return judgement.ok ? judgement.warnings.map(({ code }) => code) : [`refused: ${judgement.problem.code}`];
}

describe('judgeKk', () => {
  it('finds nothing odd in a retired region, whose districts nobody lists', () => {
    expect(codes('9101991203150001')).toEqual([]);
    expect(codes('9101992211260001')).toEqual([]);
  });

  it('refuses only what is not 16 ASCII digits, or the NIK again', () => {
    expect(codes('331999120315000')).toEqual(['refused: kk_not_16_digits']);
    expect(codes('３３１９９９１２０３１５０００１')).toEqual(['refused: kk_not_16_digits']);
    expect(codes('3'.repeat(10_000_000))).toEqual(['refused: kk_not_16_digits']);
    expect(codes('3319991203150001', { nik: '3319991203150001' })).toEqual(['refused: kk_equals_nik']);
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{4}99[0-9]{10}$/), (kk) =>
        expect(judgeKk(kk, { today }).ok).toBe(true),
      ),
    );
  });

  it('warns of the region, the date of recording, the serial and the previous KK', () => {
    expect(codes('3319991203150001')).toEqual(['kk_region_unknown']);
    expect(codes('9101993102150001')).toEqual(['kk_date_odd']);
    expect(codes('9101992311260001')).toEqual(['kk_date_odd']);
    expect(codes('9101991203150000')).toEqual(['kk_serial_zero']);
    expect(codes('9101991203150001', { previousKk: '9101991203150001' })).toEqual(['kk_same_as_previous']);
    expect(codes('0000990000000000')).toEqual(['kk_region_unknown', 'kk_date_odd', 'kk_serial_zero']);
  });

  it('adds no 40 to the day: the date is not of a woman', () => {
    expect(codes('9101995203150001')).toEqual(['kk_date_odd']);
  });

  it('finds no odd date in a KK recorded in the past', () => {
    const past = fc.date({ min: new Date('2000-01-01'), max: new Date(today), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...regencyCodes),
        past,
        fc.integer({ min: 1, max: 9999 }),
        (regency, date, serial) => {
          const kk = syntheticKk({ regency, recordedOn: date.toISOString().slice(0, 10), serial });
          expect(codes(kk)).toEqual(['kk_region_unknown']);
        },
      ),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void judgeKk(text, { today, nik: text })));
  });
});
