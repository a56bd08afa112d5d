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
 * Masks every run of 16 or more digits in free text, also one written in groups (`3319 9901 0190 0001`,
 * `3319.9901-…`) or with other than ASCII digits: all but its first 4 and last 4 digits become stars. Masks too much
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
    if (count >= 16) {
      pieces.push(text.slice(copied, at), maskRun(text.slice(at, end)));
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
  for (let at = start; at < text.length && at - end <= widestGap;) {
    const sign = signAt(text, at);
    at += sign.length;
    if (isDigit(sign)) {
      count += 1;
      end = at;
    } else if (!isGap(sign)) break;
  }
  return { end, count };
}

function maskRun(run: string): string {
  // Four digits, of two units in some scripts, and the gaps between them are never longer.
  const edge = 4 * 2 + 3 * widestGap;
  const head = /^(?:\P{Nd}*\p{Nd}){4}/u.exec(run.slice(0, edge))![0];
  const tail = /(?:\p{Nd}\P{Nd}*){4}$/u.exec(run.slice(-edge))![0];
  const middle = run.slice(head.length, run.length - tail.length);
  return head + middle.replace(/\p{Nd}+/gu, (digits) => '*'.repeat([...digits].length)) + tail;
}

/** The whole sign, also where it takes two units. */
function signAt(text: string, at: number): string {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit < 0xdc00 ? String.fromCodePoint(text.codePointAt(at)!) : text[at]!;
}

function isDigit(character: string): boolean {
  if (character <= '\u007f') return character >= '0' && character <= '9';
  return /^\p{Nd}$/u.test(character);
}

function isGap(character: string): boolean {
  return character === ' ' || /^[\s.,/_\p{Pd}]$/u.test(character);
}
