import type { BlindIndex } from '@sinkron/database';

/** The key under which an officer's address is looked up; capital letters do not make another officer. */
export function emailKey(index: BlindIndex, email: string): Buffer {
  return index.digest('officer.email', email.toLowerCase());
}
