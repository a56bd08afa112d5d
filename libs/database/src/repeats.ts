/** How long conflicts are met by repeating: what two deadlock victims never need, and still less than a request waits. */
export const repeatsFor = 8_000;

const firstPause = 2;
const longestPause = 250;

/**
 * How long to wait before a transaction is repeated, in milliseconds: anywhere up to a bound that doubles. Those who
 * collided would collide again if all of them waited equally long, or not at all.
 */
export function pauseBefore(repeat: number, random = Math.random): number {
  return random() * Math.min(longestPause, firstPause * 2 ** (repeat - 1));
}
