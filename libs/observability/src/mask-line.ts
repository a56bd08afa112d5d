/** Our ids (UUIDv7): they are kept, however many digits they have, so that lines can be traced. */
const ids = /((?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f]))/i;

/** ASCII digits, and those of other scripts and in circles that people paste. */
const digits = '0-9\\uff10-\\uff19\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f\\u2460-\\u2468\\u24ea';
/** What people write between the groups of a number, and marks that nobody sees. No colon: times would be numbers. */
const gaps =
  ' .()[\\]*_/|\\u00a0\\u00ad\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2010-\\u2015\\u2060-\\u2069\\ufeff-';
const isDigit = new RegExp(`[${digits}]`);
const isGap = new RegExp(`[${gaps}]`);

// One class repeated, and the rest by hand: nested repetition runs out of stack on long lines.
const stretches = new RegExp(`\\d{4}(?::\\d{4}){3}|[${digits}][Oo${digits}${gaps}]*`, 'g');
const widestGap = 2;
const hidden = '*'.repeat(16);

/** Indonesian numbers, with or without the country's code; not inside an id or a fraction. */
const phones = /\+62\d{6,13}|(?<![0-9a-z.-])(?:\+?62|0)[ -]?8\d{2}(?:[ .-]?\d){5,9}(?!\d)/gi;

/** Nobody logs personal data; this masks what gets into a line all the same. Every line passes through it. */
export function maskLine(line: string): string {
  return line
    .split(ids)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replace(stretches, maskStretch).replace(phones, '+62*****'),
    )
    .join('');
}

/** Of digits and gaps: every run of 16 digits or more is hidden whole. */
function maskStretch(stretch: string): string {
  if (stretch.includes(':')) return hidden;
  let masked = '';
  let copied = 0;
  for (let at = 0; at < stretch.length;) {
    const { end, count } = isDigit.test(stretch[at]!) ? measureRun(stretch, at) : { end: at, count: 0 };
    if (count >= 16) {
      masked += stretch.slice(copied, at) + hidden;
      copied = end;
    }
    at = Math.max(end, at + 1);
  }
  return masked + stretch.slice(copied);
}

/** Where the run that begins at `start` ends, and how many digits it has; an `O` that follows a digit counts as zero. */
function measureRun(text: string, start: number): { end: number; count: number } {
  let count = 0;
  let end = start;
  let gap = 0;
  for (let at = start; at < text.length && gap <= widestGap; at++) {
    const sign = text[at]!;
    if (isDigit.test(sign) || (count > 0 && gap === 0 && !isGap.test(sign))) {
      count += 1;
      end = at + 1;
      gap = 0;
    } else if (isGap.test(sign)) gap += 1;
    else break;
  }
  return { end, count };
}
