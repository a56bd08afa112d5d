/**
 * How alike two texts are, 0–100: the share of the longer one that stays when it is turned into the other by
 * single insertions, deletions and replacements (Levenshtein). Case and runs of white space do not count.
 * Rounded down, so that 100 means equal.
 */
export function similarity(one: string, other: string): number {
  const a = Array.from(normal(one));
  const b = Array.from(normal(other));
  const longest = Math.max(a.length, b.length);
  if (longest === 0) return 100;
  return Math.floor((100 * (longest - distance(a, b))) / longest);
}

function normal(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toUpperCase();
}

function distance(a: string[], b: string[]): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of a.entries()) {
    const current = [row + 1];
    for (const [column, counterpart] of b.entries()) {
      const replaced = previous[column]! + (letter === counterpart ? 0 : 1);
      current.push(Math.min(replaced, previous[column + 1]! + 1, current[column]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
