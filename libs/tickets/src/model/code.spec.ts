import fc from 'fast-check';
import { newTicketCode, plainTicketCode, readTicketCode } from './code';

const positions = fc.integer({ min: 0, max: 11 });

function plain(code: string): string[] {
  return [...code.replaceAll('-', '')];
}

it('reads what it made, also in lower case and with spaces', () => {
  const code = newTicketCode();
  expect(code).toMatch(/^[2-9C-Y]{4}-[2-9C-Y]{4}-[2-9C-Y]{4}$/);
  expect(readTicketCode(code)).toBe(code);
  expect(readTicketCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(code);
});

it.each([
  'Kode laporan: *7K3M-XQ94-HTRJ*.',
  'kode laporan 7k3m xq94 htrj',
  'Kode: _7K3M\u2013XQ94\u2014HTRJ_',
  '"7K3M\u2011XQ94\u2011HTRJ".',
  '\u202a7K3M-XQ94-HTRJ\u202c\u200b',
  '\u200b*7K3M.XQ94.HTRJ*',
  '\uff17\uff2b\uff13\uff2d\uff38\uff31\uff19\uff14\uff28\uff34\uff32\uff2a',
  'No. laporan #7K3M/XQ94/HTRJ!',
])('reads a code that was pasted as %j', (pasted) => {
  expect(readTicketCode(pasted)).toBe('7K3M-XQ94-HTRJ');
  // Whoever guesses birth dates gets no second count for another spelling.
  expect(plainTicketCode(pasted)).toBe(plainTicketCode('7K3M-XQ94-HTRJ'));
});

it.each([
  'Kode laporan:',
  '7K3M-XQ94',
  '7K3M-XQ94-HTRJ 7K3M-XQ94-HTRJ',
  '7K3M-XQ94-HTRI',
  '7K3M\u00e9XQ94HTRJ',
])('reads none in %j', (pasted) => expect(readTicketCode(pasted)).toBeNull());

it('finds every single wrong sign and every swap', () => {
  fc.assert(
    fc.property(positions, positions, fc.constantFrom(...'23456789CFGHJKMPQRTVWXY'), (one, other, sign) => {
      const code = plain(newTicketCode());
      const wrong = [...code];
      wrong[one] = sign;
      expect(readTicketCode(wrong.join('')) === null).toBe(wrong.join('') !== code.join(''));
      const swapped = [...code];
      [swapped[one], swapped[other]] = [swapped[other] as string, swapped[one] as string];
      expect(readTicketCode(swapped.join('')) === null).toBe(swapped.join('') !== code.join(''));
    }),
  );
});

it('never throws and never accepts what is no code', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readTicketCode(text) === null));
  expect(readTicketCode('x'.repeat(1_000_000))).toBeNull();
});
