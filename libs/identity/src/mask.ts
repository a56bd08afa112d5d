import { asciiDigit, foldPasted } from './pasted';

/** Shows the first 4 and last 4 characters of an identity number, never digits 5–12; a shorter text is hidden whole. */
export function maskNumber(number: string): string {
  if (number.length < 16) return '*'.repeat(number.length);
  return `${number.slice(0, 4)}${'*'.repeat(number.length - 8)}${number.slice(-4)}`;
}

/** Shows the last 3 characters; a text too short to be a phone number is hidden whole. */
export function maskPhone(phone: string): string {
  if (phone.length < 8) return '*'.repeat(phone.length);
  return `${'*'.repeat(phone.length - 3)}${phone.slice(-3)}`;
}

/** The initial of each word: `Melati Sari` → `M*** S***`. */
export function maskName(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words.map((word) => `${String.fromCodePoint(word.codePointAt(0)!)}***`).join(' ');
}

/** A number written in groups has at most so many signs between two digits, as in `3319 - 9901`. */
const widestGap = 3;

/**
 * Masks identity numbers and phones in free text. Of every run of 16 or more digits, also one written in groups
 * (`3319 9901 0190 0001`, `3319:9901-…`, `(3319)…`), with invisible marks between, with other than ASCII digits or with
 * an `O` for a zero, all but the first 4 and last 4 digits become stars; of a phone all but the last 3. Masks too much
 * rather than too little: two numbers with only a gap between them are one run. Linear, never throws.
 */
export function maskText(text: string): string {
  // Walked by hand: a pattern with nested repetition runs out of stack on megabytes of digits.
  const pieces: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const sign = signAt(text, at);
    if (!isDigit(sign)) {
      at += sign.length;
      continue;
    }
    const { end, count } = measureRun(text, at);
    const masked = maskRun(text.slice(at, end), count, text[at - 1] === '+');
    if (masked !== null) {
      pieces.push(text.slice(copied, at), masked);
      copied = end;
    }
    at = end;
  }
  pieces.push(text.slice(copied));
  return pieces.join('');
}

/** The run of digits and gaps that begins with the digit at `start`: where it ends and how many digits it has. */
function measureRun(text: string, start: number): { end: number; count: number } {
  let count = 0;
  let end = start;
  let gap = 0;
  for (let at = start; at < text.length && gap <= widestGap;) {
    const sign = signAt(text, at);
    at += sign.length;
    if (isDigit(sign) || (isZero(sign) && (gap === 0 || isDigitAt(text, at)))) {
      count += 1;
      end = at;
      gap = 0;
    } else if (isGap(sign)) gap += 1;
    else if (!isInvisible(sign)) break;
  }
  return { end, count };
}

/** Null for a run that is neither an identity number nor a phone. */
function maskRun(run: string, count: number, afterPlus: boolean): string | null {
  if (count >= 16) return maskDigits(run, 4, count - 4);
  // A phone may stand behind another number, as in `antrean 12, 0810-…`: it begins with one of the run's groups.
  let place = 0;
  let before = '';
  for (let at = 0; at < run.length;) {
    const sign = signAt(run, at);
    const isGroup = isDigit(sign) && !isDigit(before);
    if (isGroup && isPhone(run.slice(at), count - place, before === '' ? afterPlus : before === '+'))
      return maskDigits(run, place, count - 3);
    if (isDigit(sign) || isZero(sign)) place += 1;
    before = sign;
    at += sign.length;
  }
  return null;
}

/** Stars for the digits from one to before another, counted from 0; what stands between them stays. */
function maskDigits(run: string, from: number, to: number): string {
  let place = 0;
  let masked = '';
  for (const sign of run) {
    const counts = isDigit(sign) || isZero(sign);
    masked += counts && place >= from && place < to ? '*' : sign;
    if (counts) place += 1;
  }
  return masked;
}

/** A mobile number as Indonesians write it. Its first group has the operator's three digits, which no date has. */
function isPhone(run: string, count: number, afterPlus: boolean): boolean {
  if (count < 9 || count > 15) return false;
  const typed = foldPasted(run).replace(/o/gi, '0');
  return /^0[^0-9]?8[0-9]{2}/.test(typed) || /^(?:00)?62[^0-9]{0,2}8[0-9]{2}/.test(typed) || afterPlus;
}

/** The whole sign, also where it takes two units. */
function signAt(text: string, at: number): string {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00 ? String.fromCodePoint(text.codePointAt(at)!) : text[at]!;
}

function isDigitAt(text: string, at: number): boolean {
  return at < text.length && isDigit(signAt(text, at));
}

function isDigit(character: string): boolean {
  if (character <= '\u007f') return character >= '0' && character <= '9';
  return /^[\p{Nd}\p{No}]$/u.test(character) && asciiDigit(character) !== null;
}

/** Inside a number it was typed for a zero. */
function isZero(character: string): boolean {
  return character === 'O' || character === 'o';
}

function isGap(character: string): boolean {
  return character === ' ' || /^[\s.,:;/\\|_*#~'"()[\]{}<>+=\p{Pd}]$/u.test(character);
}

function isInvisible(character: string): boolean {
  return character > '\u007f' && /^[\p{Cf}\p{Default_Ignorable_Code_Point}\p{M}]$/u.test(character);
}
