import * as fc from 'fast-check';
import { compareNik, parseNik, type ReadNik } from './nik';
import { regencyCodes } from './regions';
import { syntheticNik } from './synthetic';

const today = '2026-11-22';

function read(nik: string, on = today): ReadNik {
  const reading = parseNik(nik, on);
  if (!reading.ok) throw new Error(reading.problem.code);
  return reading;
}

function problemOf(text: string): string | null {
  const reading = parseNik(text, today);
  return reading.ok ? null : reading.problem.code;
}

const isoDay = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2026-11-22'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const person = fc.record({
  regency: fc.constantFrom(...regencyCodes),
  birthDate: isoDay,
  sex: fc.constantFrom('M' as const, 'F' as const),
  serial: fc.integer({ min: 1, max: 9999 }),
});

describe('parseNik', () => {
  it('reads region, sex, birth date and serial', () => {
    expect(read('3319991708950012')).toEqual({
      ok: true,
      nik: '3319991708950012',
      region: { province: '33', regency: '3319', district: '331999' },
      sex: 'M',
      birthDate: { candidates: ['1995-08-17'], ambiguous: false },
      serial: '0012',
      warnings: [expect.objectContaining({ code: 'nik_district_unknown' })],
    });
  });

  it('takes 40 from the day of a woman', () => {
    expect(read('3319995708950012')).toMatchObject({ sex: 'F', birthDate: { candidates: ['1995-08-17'] } });
    expect(read('3319997112950012').birthDate.candidates).toEqual(['1995-12-31']);
  });

  it('leaves the century open where both give a likely age', () => {
    expect(read('3319991708200001').birthDate).toEqual({
      candidates: ['1920-08-17', '2020-08-17'],
      ambiguous: true,
    });
  });

  it('goes from age 0 to age 110', () => {
    expect(read('3319992211260001').birthDate.candidates).toEqual(['1926-11-22', '2026-11-22']);
    expect(read('3319992311260001').birthDate.candidates).toEqual(['1926-11-23']);
    expect(read('3319992311150001').birthDate.candidates).toEqual(['1915-11-23', '2015-11-23']);
    expect(read('3319992211150001').birthDate.candidates).toEqual(['2015-11-22']);
  });

  it('takes 29 February from the century that has it, however old that makes the holder', () => {
    expect(read('3319992902000001').birthDate.candidates).toEqual(['2000-02-29']);
    expect(read('3319992902000001', '2130-01-01').birthDate.candidates).toEqual(['2000-02-29']);
  });

  it.each(['0001950001', '3201950001', '4001950001', '7201950001', '0000950001', '0113950001', '7002950001'])(
    'refuses the impossible date in 331999%s',
    (rest) => expect(problemOf(`331999${rest}`)).toBe('nik_date_impossible'),
  );

  it('refuses a province that is not, and serial zero', () => {
    expect(problemOf('0019991708950001')).toBe('nik_province_unknown');
    expect(problemOf('5419991708950001')).toBe('nik_province_unknown');
    expect(problemOf('3319991708950000')).toBe('nik_serial_zero');
  });

  it('warns of an unknown regency, and is silent about a retired one', () => {
    expect(read('3369991708950001').warnings.map(({ code }) => code)).toEqual(['nik_regency_unknown']);
    expect(read('9101991708950001').warnings).toEqual([]);
    expect(read('6473991708950001').warnings).toEqual([]);
  });

  it.each([
    ['15 digits', '331999170895001'],
    ['17 digits', '33199917089500121'],
    ['a line end', '3319991708950012\n'],
    ['spaces', ' 3319991708950012'],
    ['full-width digits', '３３１９９９１７０８９５００１２'],
    ['Arabic digits', '٣٣١٩٩٩١٧٠٨٩٥٠٠١٢'],
    ['NUL', '331999170895001\0'],
    ['emoji', '😀'.repeat(8)],
    ['10 MB of digits', '3'.repeat(10_000_000)],
  ])('refuses %s', (_, text) => expect(problemOf(text)).toBe('nik_not_16_digits'));

  it('gives back what a NIK was made of', () => {
    fc.assert(
      fc.property(person, ({ regency, birthDate, sex, serial }) => {
        const reading = read(syntheticNik({ regency, birthDate, sex, serial }));
        expect(reading.region.regency).toBe(regency);
        expect(reading.sex).toBe(sex);
        expect(reading.birthDate.candidates).toContain(birthDate);
        expect(reading.birthDate.ambiguous).toBe(reading.birthDate.candidates.length === 2);
        expect(Number(reading.serial)).toBe(serial);
        expect(compareNik(reading, { birthDate, sex })).toEqual([]);
      }),
    );
  });

  it('keeps apart the NIKs of 91–96, which would be one as numbers', () => {
    expect(Number('9171991708950001')).toBe(Number('9171991708950000'));
    expect(read('9171991708950001').serial).toBe('0001');
    expect(problemOf('9171991708950000')).toBe('nik_serial_zero');
    fc.assert(
      fc.property(fc.constantFrom('9171', '9202', '9301', '9401', '9501', '9671'), person, (regency, of) => {
        const nik = syntheticNik({ ...of, regency });
        expect(read(nik).nik).toBe(nik);
        expect(read(nik).serial).toBe(nik.slice(12));
      }),
    );
  });

  it('never throws, and never repeats digits in its findings', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9]{4}99[0-9]{10}$/));
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = parseNik(text, today);
        const findings = reading.ok ? reading.warnings : [reading.problem];
        expect(JSON.stringify(findings)).not.toMatch(/[0-9]{3}/);
      }),
    );
  });
});

describe('compareNik', () => {
  const codes = (stated: Parameters<typeof compareNik>[1]) =>
    compareNik(read('3319995708950012'), stated).map(({ code }) => code);

  it('warns of a birth date or sex that differs', () => {
    expect(codes({ birthDate: '1995-08-17', sex: 'F' })).toEqual([]);
    expect(codes({ birthDate: '1995-08-18' })).toEqual(['nik_birth_date_differs']);
    expect(codes({ birthDate: '1996-08-17', sex: 'M' })).toEqual([
      'nik_birth_date_differs',
      'nik_sex_differs',
    ]);
    expect(codes({})).toEqual([]);
  });

  it('does not contradict a holder older than the century rule allows', () => {
    expect(compareNik(read('3319991708100001'), { birthDate: '1910-08-17' })).toEqual([]);
  });
});
