import { createHash } from 'node:crypto';
import { randomGroups } from '../passwords/random-groups';

export const recoveryCodeCount = 10;

/** Six groups of four: 118 bits, so that one SHA-256 is enough to keep them (OWASP ASVS 5.0, 6.5.2). */
const groups = 6;

/** A set of codes for when the authenticator is lost. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => randomGroups(groups));
}

/** What is stored of a code, or null for what cannot be one. Capitals, spaces and hyphens do not matter. */
export function recoveryHash(code: string): Buffer | null {
  const plain = code.toLowerCase().replace(/[\s-]/g, '');
  if (!/^[a-z2-9]{24}$/.test(plain)) return null;
  return createHash('sha256').update(plain).digest();
}
