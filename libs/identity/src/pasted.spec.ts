import fc from 'fast-check';
import { asciiDigit, bareValue, foldPasted } from './pasted';

it.each([
  ['\u202a+62\u00a0810-0000-001\u202c', '+62 810-0000-001'],
  ['Nur\u2019aini', "Nur'aini"],
  ['Sari\u200b Wulandari', 'Sari Wulandari'],
  ['PV9X\u2013MY86\u2014GJPP', 'PV9X-MY86-GJPP'],
  ['\uff13\uff13\uff11\uff19', '3319'],
  ['\u0663\u0663\u0661\u0669', '3319'],
  ['\u2460\u24ea', '10'],
  ['\u201cdarurat\u201d', '"darurat"'],
  ['so\u00adft', 'soft'],
  ['Se\u0301la', 'S\u00e9la'],
])('folds %j to %j', (pasted, typed) => {
  expect(foldPasted(pasted)).toBe(typed);
});

it.each(['\u00bd', '\u2469', '\u2155', 'x'])('leaves %j, which is no single digit', (character) => {
  expect(asciiDigit(character)).toBeNull();
  expect(foldPasted(character)).toBe(character.normalize('NFC'));
});

it('leaves what was typed on a keyboard as it is, and changes nothing a second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (typed) => {
      // A grave accent is a quote that was typed on the wrong key.
      expect(foldPasted(typed)).toBe(typed.replaceAll('`', "'"));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (any) => {
      const once = foldPasted(any);
      expect(foldPasted(once)).toBe(once);
    }),
  );
});

describe('bareValue', () => {
  it.each([
    ['*3319994107980001*', '3319994107980001'],
    ["'3319994107980001", '3319994107980001'],
    ['\u201c3319994107980001\u201d.', '3319994107980001'],
    ['\ufeff 3319994107980001\u200b\t', '3319994107980001'],
    ['\uff11\uff19\uff19\uff18\u201307\u201301', '1998-07-01'],
    ['\u202a+62\u00a0810\u20110000\u2011001\u202c', '+62 810-0000-001'],
    ['_melati_@demo.sinkron.test', '_melati_@demo.sinkron.test'],
    ['_melati@demo.sinkron.test_,', 'melati@demo.sinkron.test'],
    ['~ * _', ''],
    ['', ''],
  ])('%j is %j', (pasted, meant) => {
    expect(bareValue(pasted)).toBe(meant);
    expect(bareValue(meant)).toBe(meant);
  });

  it.each([
    ['stars', '*'.repeat(10_000_000)],
    ['spaces before a letter', `${' '.repeat(5_000_000)}x${' '.repeat(5_000_000)}`],
  ])('returns from 10 MB of %s', (_, text) => {
    expect(bareValue(text)).toMatch(/^x?$/);
  });
});
