import { randomInt } from 'node:crypto';
import { foldPasted } from '@sinkron/identity';

/**
 * 23 signs that look different on paper and sound different on the phone in Indonesian. 23 is prime, so the weighted
 * check sign below finds every single wrong sign and every two that changed places.
 */
const signs = '23456789CFGHJKMPQRTVWXY';
const length = 12;
/** A longer text is no code, however it was pasted. */
const longest = 100;
const between = /[\s\p{P}\p{S}]+/u;

/** A ticket code like `7K3M-XQ94-HTRJ`: eleven random signs (49 bits) and a check sign. */
export function newTicketCode(): string {
  const values = Array.from({ length: length - 1 }, () => randomInt(signs.length));
  const text = [...values, checkValue(values)].map((value) => signs[value]).join('');
  return group(text);
}

/**
 * A code without what people write around and between its signs: any case, with spaces or without hyphens, or pasted with
 * its label, as in `Kode laporan: *7K3M–XQ94–HTRJ*.`
 */
export function plainTicketCode(text: string): string {
  if (text.length > longest) return text;
  const words = foldPasted(text).normalize('NFKC').toUpperCase().split(between).filter(Boolean);
  while (words.length > 0 && isLabel(words[0]!)) words.shift();
  return words.join('');
}

/** A word with a letter that no code has. */
function isLabel(word: string): boolean {
  return /^[A-Z]+$/.test(word) && [...word].some((letter) => !signs.includes(letter));
}

/**
 * Reads a code as people type and paste it.
 * @returns the code as it is stored, or null if it cannot be one (also when its check sign fails)
 */
export function readTicketCode(text: string): string | null {
  if (text.length > longest) return null;
  const plain = plainTicketCode(text);
  const values = [...plain].map((sign) => signs.indexOf(sign));
  if (values.length !== length || values.includes(-1)) return null;
  return checkValue(values.slice(0, -1)) === values.at(-1) ? group(plain) : null;
}

function checkValue(values: number[]): number {
  const sum = values.reduce((total, value, index) => total + value * (index + 1), 0);
  // The check sign's own weight is 12: it makes the whole sum a multiple of 23.
  return (((-sum * inverseOfTwelve) % signs.length) + signs.length) % signs.length;
}

/** 12 × 2 = 24 ≡ 1 (mod 23). */
const inverseOfTwelve = 2;

function group(text: string): string {
  return text.replace(/(.{4})(.{4})(.{4})/, '$1-$2-$3');
}
