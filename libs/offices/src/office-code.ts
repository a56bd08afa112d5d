import { foldPasted } from '@sinkron/identity';

/**
 * The one way in which an office code is written: `33.23`, as decrees and spreadsheets write a region, is `3323`.
 * Everything that reads a code folds it by this, so that no office is found under one writing and not under the other.
 * A code that is not made of pairs of digits stays as it is.
 */
export function foldOfficeCode(written: string): string {
  const code = foldPasted(written).normalize('NFKC').trim();
  return /^\d\d(?:\s?[.\s]\s?\d\d)+\.?$/.test(code) ? code.replace(/\D/g, '') : code;
}
