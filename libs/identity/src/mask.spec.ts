import * as fc from 'fast-check';
import { maskName, maskNumber, maskPhone, maskText } from './mask';

const digits = (least: number, most: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most })
    .map((list) => list.join(''));

describe('maskNumber, maskPhone, maskName', () => {
  it('shows the ends only', () => {
    expect(maskNumber('3319991708950012')).toBe('3319********0012');
    expect(maskPhone('+6281012345678')).toBe('***********678');
    expect(maskName('Melati  Sari\tBahari ')).toBe('M*** S*** B***');
    expect(maskName('😀anggrek')).toBe('😀***');
  });

  it('hides whole what is too short to have ends', () => {
    expect(maskNumber('331999170895001')).toBe('***************');
    expect(maskPhone('0810123')).toBe('*******');
    expect(maskName('  ')).toBe('');
  });
});

describe('maskText', () => {
  it.each([
    ['NIK saya 3319990101900001, tolong', 'NIK saya 3319********0001, tolong'],
    ['3319 9901 0190 0001', '3319 **** **** 0001'],
    ['331999.010190.0001 salah', '3319**.******.0001 salah'],
    ['3319-9901-0190-0001', '3319-****-****-0001'],
    ['3319 - 9901 - 0190 - 0001', '3319 - **** - **** - 0001'],
    ['NIK3319990101900001KK3319990101150002', 'NIK3319********0001KK3319********0002'],
    ['33199901019000012', '3319*********0012'],
    ['3319990101900001 3319990101150002', '3319************ ************0002'],
    ['３３１９９９０１０１９００００１', '３３１９********０００１'],
    ['𝟑𝟑𝟏𝟗 𝟗𝟗𝟎𝟏 𝟎𝟏𝟗𝟎 𝟎𝟎𝟎𝟏!', '𝟑𝟑𝟏𝟗 **** **** 𝟎𝟎𝟎𝟏!'],
    ['22-11-2026 08:15', '22-11-2026 08:15'],
    ['331999010190000    1', '331999010190000    1'],
    ['', ''],
  ])('%j → %j', (text, masked) => expect(maskText(text)).toBe(masked));

  it('never shows digits 5–12 of a number, whatever is around and inside it', () => {
    const gap = fc.constantFrom('', '', ' ', '.', '-', ' - ', '\u00a0', '–');
    const gaps = fc.array(gap, { minLength: 15, maxLength: 15 });
    const words = fc.stringMatching(/^[a-z #:]{0,20}$/);
    fc.assert(
      fc.property(words, digits(16, 40), gaps, words, (before, number, gaps, after) => {
        const written = Array.from(number)
          .map((digit, at) => digit + (gaps[at] ?? ''))
          .join('');
        const shown = maskText(`${before}${written}${after}`).replace(/[^0-9]/g, '');
        // An `o` that follows at once may be a mistyped zero: it is counted as a digit, and one digit less is shown.
        const zeros = Math.min(4, /^o*/.exec(after)![0].length);
        expect(shown).toBe(number.slice(0, 4) + number.slice(number.length - 4 + zeros));
      }),
    );
  });

  it('leaves text without 16 digits as it is, and what it has masked', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 15, unit: 'binary' }), (text) => expect(maskText(text)).toBe(text)),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), digits(0, 20), (text, number) => {
        const masked = maskText(text + number + text);
        expect(masked).toHaveLength(text.length * 2 + number.length);
        expect(maskText(masked)).toBe(masked);
      }),
    );
  });
});

it.each([
  ['NIK 3319:9901:0190:0001', 'NIK 3319:****:****:0001'],
  ['(3319)(9901)(0190)(0001)', '(3319)(****)(****)(0001)'],
  ['*3319990101900001*', '*3319********0001*'],
  ['3319\u200b9901\u200b0190\u200b0001', '3319\u200b****\u200b****\u200b0001'],
  ['3319\u00ad9901\u00ad0190\u00ad0001', '3319\u00ad****\u00ad****\u00ad0001'],
  ['\u2462\u2462\u2460\u246899010190000\u2460', '\u2462\u2462\u2460\u2468********000\u2460'],
  ['33199901O19O0OO1', '3319********0OO1'],
  ['3319 9901 O190 O001', '3319 **** **** O001'],
])('masks an identity number that is written as %j', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

it.each([
  ['hubungi 08100000001 ya', 'hubungi ********001 ya'],
  ['WA +62 810-0000-001', 'WA +** ***-****-001'],
  ['0810 0000 001', '**** **** 001'],
  ['6281000000019', '**********019'],
  ['08\u200b10\u00ad0000001', '**\u200b**\u00ad****001'],
  ['\uff10\uff18100000001', '********001'],
  ['antrean 12, 0810-1234-567', 'antrean 12, ****-****-567'],
  ['no. 5: +62 810-0000-001', 'no. 5: +** ***-****-001'],
])('masks the phone in %j', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

it.each([
  'datang 08-12-2026 pukul 09.30 WIB',
  'tanggal 01-02-2026 08:30',
  'tanggal 08-12-2026 08.30',
  'kode 7K3M-XQ94-HTRJ, antrean 12 dari 400',
  'Rp 1.500.000 untuk 3 orang',
  '2026-11-28T14:27:15.144Z',
  'foto ke-2 dan ke-3 buram, no. 5 ok',
  '3 orang, 12 o 5',
])('leaves %j as it is', (text) => {
  expect(maskText(text)).toBe(text);
});

it.each([
  ['the shortest phone there is', '081000001', '******001'],
  ['the longest', '081000000000019', '************019'],
  ['a zero apart from the operator', '0-8100000001', '*-*******001'],
  ['a country code and a space', '62 810 0000 001', '** *** **** 001'],
  ['a number from abroad, by its +', '+60 12-345 6789', '+** **-*** *789'],
])('masks %s: %s', (_, text, masked) => {
  expect(maskText(text)).toBe(masked);
});

it.each([
  ['eight digits', '08100001'],
  ['a number that begins like no phone', '60 12-345 6789'],
  ['a phone inside a longer number', '1628100000001'],
  ['another number after 62', '6212810000001'],
  ['a group of three that a date could be', '081-2026-0001'],
  ['the same after a country code', '62 81-2026-0001'],
  ['fifteen digits and a half', '331999010190000\u00bd'],
  ['two numbers with a letter between them', '33199901a01900001'],
  ['two numbers with a letter of another kind between them', '33199901\u00e901900001'],
])('leaves %s: %s', (_, text) => {
  expect(maskText(text)).toBe(text);
});

it('shows the end of a phone from eight signs on', () => {
  expect(maskPhone('08100001')).toBe('*****001');
});
