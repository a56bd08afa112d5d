import * as fc from 'fast-check';
import { judgeKk } from './kk';
import { judgeName } from './names';
import { compareNik, parseNik } from './nik';
import { isSynthetic, syntheticKk, syntheticNik, syntheticPeople, type SyntheticPerson } from './synthetic';

const today = '2026-11-22';
const codes = (judgement: { warnings: { code: string }[] }) => judgement.warnings.map(({ code }) => code);

function take(seed: number, count: number): SyntheticPerson[] {
  const people = syntheticPeople(seed);
  return Array.from({ length: count }, () => people.next().value);
}

describe('syntheticPeople', () => {
  it('makes people that our own rules accept, but for the district that no region has', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const person of take(seed, 20)) {
          const nik = parseNik(person.nik, today);
          const kk = judgeKk(person.noKk, { today, nik: person.nik });
          if (!nik.ok || !kk.ok) throw new Error('refused');
          expect(codes(nik)).toEqual(['nik_district_unknown']);
          expect(codes(kk)).toEqual(['kk_region_unknown']);
          expect(nik.birthDate.candidates).toEqual([person.birthDate]);
          expect(compareNik(nik, person)).toEqual([]);
          expect(judgeName(person.name)).toEqual({ ok: true, name: person.name, warnings: [] });
          expect(person.birthPlace).toMatch(/^(?!Kabupaten|Kota )/);
          expect([person.nik, person.noKk].every(isSynthetic)).toBe(true);
        }
      }),
    );
  });

  it('makes the same people for the same seed', () => expect(take(7, 50)).toEqual(take(7, 50)));

  it('gives no number twice, within a seed and across seeds', () => {
    const people = [take(1, 20_000), take(2, 20_000), take(9_000, 20_000)].flat();
    expect(new Set(people.flatMap(({ nik, noKk }) => [nik, noKk])).size).toBe(120_000);
    expect(new Set(people.map(({ sex }) => sex)).size).toBe(2);
  });
});

describe('syntheticNik, syntheticKk, isSynthetic', () => {
  it('compose numbers of district 99', () => {
    expect(syntheticNik({ regency: '3319', birthDate: '1995-08-07', sex: 'M', serial: 12 })).toBe(
      '3319990708950012',
    );
    expect(syntheticNik({ regency: '3319', birthDate: '1995-08-07', sex: 'F', serial: 12 })).toBe(
      '3319994708950012',
    );
    expect(syntheticKk({ regency: '3319', recordedOn: '2015-03-12', serial: 1 })).toBe('3319991203150001');
  });

  it('refuse to compose what is no number', () => {
    const kk = { regency: '3319', recordedOn: '2015-03-12', serial: 1 };
    for (const wrong of [
      { regency: '0000' },
      { recordedOn: '2015-02-30' },
      { serial: 0 },
      { serial: 10_000 },
    ]) {
      expect(() => syntheticKk({ ...kk, ...wrong })).toThrow(RangeError);
    }
  });

  it('tell the synthetic range from the rest', () => {
    const others = [
      '331990170895001',
      ['331990', '1708950012'].join(''),
      '33199917089500123',
      '３３１９９９１７０８９５００１２',
      '',
    ];
    expect(others.filter(isSynthetic)).toEqual([]);
  });
});
