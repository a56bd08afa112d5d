/** Marks that nobody sees and many apps paste along: zero-width, direction, soft hyphens, variation selectors. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const spaces = /\p{Zs}/gu;
const dashes = /[\p{Pd}\u2212]/gu;
const singleQuotes =
  /[\u0060\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2018\u2019\u201a\u201b\u2032\u2035\uff07]/g;
const doubleQuotes = /[\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\u2036\uff02]/g;
/** ASCII, but for the grave accent: nothing in it is folded. */
const typed = /^[\t\n\r\x20-\x5f\x61-\x7e]*$/;
const foreignDigits = /(?![0-9])[\p{Nd}\p{No}]/gu;

/**
 * Text as a keyboard would have typed it: without invisible marks, with plain spaces, hyphens, quotes and ASCII digits.
 * Letters, their accents and everything else stay. It is asked before anything is judged. Pure, never throws.
 */
export function foldPasted(text: string): string {
  if (typed.test(text)) return text;
  return text
    .replace(invisible, '')
    .replace(spaces, ' ')
    .replace(dashes, '-')
    .replace(singleQuotes, "'")
    .replace(doubleQuotes, '"')
    .replace(foreignDigits, (digit) => asciiDigit(digit) ?? digit)
    .normalize('NFC');
}

/**
 * One value as it was meant: folded, and without what chats and spreadsheets put around it, such as the stars of bold
 * print, quotes, or the full stop of the sentence. For numbers, dates, phones, addresses and codes, which none of these
 * begin or end. Linear, never throws.
 */
export function bareValue(text: string): string {
  const folded = foldPasted(text);
  let end = folded.length;
  while (end > 0 && /[\s*~'"_.,;]/.test(folded[end - 1]!)) end -= 1;
  // An address may begin with an underscore of its own, but none ends with one.
  const around = folded.slice(end).includes('_') ? /[\s*~'"_]/ : /[\s*~'"]/;
  let begin = 0;
  while (begin < end && around.test(folded[begin]!)) begin += 1;
  return folded.slice(begin, end);
}

/** `０`, `٣`, `④` and their like as an ASCII digit; null for what is no single digit, such as `½` or `⑩`. */
export function asciiDigit(character: string): string | null {
  const compatible = character.normalize('NFKC');
  if (/^[0-9]$/.test(compatible)) return compatible;
  if (!/^\p{Nd}$/u.test(character)) return null;
  // The digits of a script stand side by side from 0 to 9, and no two scripts' digits touch out of step.
  let zero = character.codePointAt(0)!;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((character.codePointAt(0)! - zero) % 10);
}
