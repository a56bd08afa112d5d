import { codeAt, newTotpSecret, otpauthUri, stepOfCode } from './totp';

/** The secret of RFC 6238, appendix B: `12345678901234567890` in ASCII. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
])('knows the last six digits of the RFC at %i s', (seconds, code) => {
  expect(codeAt(secret, at(seconds))).toBe(code);
  expect(stepOfCode(secret, code, at(seconds))).toBe(Math.floor(seconds / 30));
});

it('takes the code of one step before and after, and names that step', () => {
  const now = 1_234_567_890;
  const step = Math.floor(now / 30);
  const steps = [-2, -1, 0, 1, 2].map((off) =>
    stepOfCode(secret, codeAt(secret, at(now + 30 * off)), at(now)),
  );
  expect(steps).toEqual([null, step - 1, step, step + 1, null]);
});

it.each(['', '28708', '2870820', '２８７０８２', '287082\u0000', 'abcdef', '-87082', '1e5000'])(
  'takes %j for no code',
  (code) => {
    expect(stepOfCode(secret, code, at(59))).toBeNull();
  },
);

it('takes a code with the space that apps show in its middle', () => {
  expect(stepOfCode(secret, '287 082', at(59))).toBe(1);
});

it('makes secrets of 160 bits, each another', () => {
  const made = [newTotpSecret(), newTotpSecret()];
  for (const one of made) expect(one).toMatch(/^[A-Z2-7]{32}$/);
  expect(made[0]).not.toBe(made[1]);
});

it('tells apps everything by the address', () => {
  const uri = new URL(otpauthUri(secret, 'admin@demo.sinkron.test'));
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    'otpauth:',
    'totp',
    '/Sinkron:admin@demo.sinkron.test',
  ]);
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'Sinkron',
    secret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
