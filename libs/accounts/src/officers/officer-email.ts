import type { BlindIndex } from '@sinkron/database';
import { bareValue } from '@sinkron/identity';

/** The name of the index by which officers are found. */
export const emailIndex = 'officer.email';

/** What is indexed of an address: neither capital letters nor marks that were pasted along make another officer. */
export function indexedEmail(email: string): string {
  return bareValue(email).toLowerCase();
}

/** The key under which an officer's address is written. */
export function emailKey(index: BlindIndex, email: string): Buffer {
  return index.digest(emailIndex, indexedEmail(email));
}

/** The keys under which it may lie while the index keys rotate. */
export function emailKeys(index: BlindIndex, email: string): Buffer[] {
  return index.digests(emailIndex, indexedEmail(email));
}
