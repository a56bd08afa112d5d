import type { Lag } from './settings';

/** Gives numbers in [0, 1), as `Math.random` does. */
export type Random = () => number;

const longest = 365 * 24 * 3600;

/** Draws how many seconds a push waits until the registry has worked it in; at most a year. */
export function drawLag(lag: Lag, random: Random): number {
  if (lag.kind === 'fixed') return lag.seconds;
  return Math.min(longest, lag.medianSeconds * Math.exp(lag.sigma * drawNormal(random)));
}

/** True with probability `share`; 0 is never, 1 is always. */
export function happens(share: number, random: Random): boolean {
  return random() < share;
}

/** A standard normal number from two uniform ones (Box and Muller); 1 − u keeps the logarithm from zero. */
function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
