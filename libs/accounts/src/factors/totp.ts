import { HOTP, Secret, TOTP } from 'otpauth';

/** RFC 6238 as authenticator apps expect it: SHA-1, six digits, steps of thirty seconds. */
const period = 30;
const digits = 6;
const algorithm = 'SHA1';

/** Steps before and after the present one whose codes still stand: slow fingers and clocks that go wrong. */
const window = 1;

/** 160 random bits in base32, as RFC 4226 recommends. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What a QR code for an authenticator app holds. It contains the secret. */
export function otpauthUri(secret: string, account: string): string {
  return new TOTP({
    issuer: 'Sinkron',
    label: account,
    secret: Secret.fromBase32(secret),
    algorithm,
    digits,
    period,
  }).toString();
}

/** The step, counted from 1970, whose code this is, or null when it is none of the present ones. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^[0-9]{6}$/.test(token)) return null;
  const step = TOTP.counter({ period, timestamp: now.getTime() });
  const offset = HOTP.validate({
    token,
    secret: Secret.fromBase32(secret),
    algorithm,
    digits,
    counter: step,
    window,
  });
  return offset === null ? null : step + offset;
}

/** The code of an instant: for those who hold the secret, which are the demo and the tests. */
export function codeAt(secret: string, now: Date): string {
  return TOTP.generate({
    secret: Secret.fromBase32(secret),
    algorithm,
    digits,
    period,
    timestamp: now.getTime(),
  });
}
