import { createHash } from 'node:crypto';

/** The key of the one message of that name, such as `resolved <ticket> <round>`; names hold ids only. */
export function onceKey(...name: (string | number)[]): Buffer {
  return createHash('sha256').update(name.join(' ')).digest();
}
