import { newRecoveryCodes, recoveryHash } from './recovery-codes';

it('makes ten codes, each another, fit to be read from paper', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([a-z2-9]{4}-){5}[a-z2-9]{4}$/);
});

it('knows a code however it is typed, and no other', () => {
  const [code = '', other = ''] = newRecoveryCodes();
  const stored = recoveryHash(code)!;
  expect(stored).toHaveLength(32);
  expect(recoveryHash(` ${code.toUpperCase().replaceAll('-', ' ')} `)).toEqual(stored);
  expect(recoveryHash(other)).not.toEqual(stored);
});

it.each(['', '123456', 'x'.repeat(25), 'ａ'.repeat(24)])('takes %j for no code', (code) => {
  expect(recoveryHash(code)).toBeNull();
});
