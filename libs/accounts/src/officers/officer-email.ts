import type { BlindIndex } from '@sinkron/database';

/** The name of the index by which officers are found. */
export const emailIndex = 'officer.email';

/** What is indexed of an address: capital letters do not make another officer. */
export function indexedEmail(email: string): string {
  return email.toLowerCase();
}

/** The key under which an officer's address is written. */
export function emailKey(index: BlindIndex, email: string): Buffer {
  return index.digest(emailIndex, indexedEmail(email));
}

/** The keys under which it may lie while the index keys rotate. */
export function emailKeys(index: BlindIndex, email: string): Buffer[] {
  return index.digests(emailIndex, indexedEmail(email));
}
