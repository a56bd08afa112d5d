import fc from 'fast-check';
import { newTicketCode, readTicketCode } from './code';

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
