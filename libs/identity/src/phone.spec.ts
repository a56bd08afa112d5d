import * as fc from 'fast-check';
import { normalisePhone } from './phone';

describe('normalisePhone', () => {
  it.each([
    '+6281012345678',
    '081012345678',
    '6281012345678',
    '81012345678',
    '006281012345678',
    ' 0810-1234-5678 ',
    '(0810) 1234.5678',
    '\u202a+62\u00a0810\u20111234\u20115678\u202c',
    '*0810\u200b12345678*.',
    "'081012345678",
    '０８１０１２３４５６７８',
  ])('reads %j as one number', (text) => {
    expect(normalisePhone(text)).toEqual({ ok: true, e164: '+6281012345678' });
  });

  it('keeps the country of a number from abroad', () => {
    expect(normalisePhone('+60 12-345 6789')).toEqual({ ok: true, e164: '+60123456789' });
  });

  it('takes only a 00 at the beginning for the + of a number from abroad', () => {
    expect(normalisePhone('0060 12-345 6789')).toEqual({ ok: true, e164: '+60123456789' });
    expect(normalisePhone('0810-0012-3456')).toEqual({ ok: true, e164: '+6281000123456' });
  });

  it.each([
    '',
    'tidak ada',
    '0',
    '+62',
    '0810',
    'hp 081012345678',
    '081012345678 / 081012345679',
    '3319991708950012',
    '0810123456789012',
    '\u0000081012345678\u0000x',
    '😀',
    '0'.repeat(10_000_000),
    ' '.repeat(10_000_000),
  ])('refuses what is no single number (case %#)', (text) => {
    expect(normalisePhone(text)).toMatchObject({ ok: false, problem: { code: 'phone_not_a_number' } });
  });

  it('gives E.164 that it reads as itself, or refuses, and never throws', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+0]?[0-9 ()-]{0,20}$/));
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = normalisePhone(text);
        expect(reading.ok ? normalisePhone(reading.e164) : reading).toEqual(reading);
      }),
      { numRuns: 500 },
    );
  });
});
