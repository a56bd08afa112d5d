import type { LagCurve } from './survival';

/** How far the curve reaches, in milliseconds since the accepted push. */
export function endOf(curve: LagCurve): number {
  return curve.at(-1)?.[0] ?? 0;
}

/** The share that still waits so long after the push; what it was at the end for all that lies beyond. */
export function waitingAt(curve: LagCurve, milliseconds: number): number {
  let [fromAt, from]: readonly [number, number] = [0, 1];
  for (const [at, waiting] of curve) {
    if (milliseconds < at) {
      if (milliseconds <= fromAt) return from;
      return from - ((from - waiting) * (milliseconds - fromAt)) / (at - fromAt);
    }
    [fromAt, from] = [at, waiting];
  }
  return from;
}

/**
 * When this share of those who still wait after `elapsed` will have matched, in milliseconds since the push.
 * @param share of 1
 * @returns null when nobody was watched for so long
 */
export function conditionalQuantile(curve: LagCurve, elapsed: number, share: number): number | null {
  if (elapsed >= endOf(curve)) return null;
  // Shares are made of decimals: a hair is no difference.
  const target = waitingAt(curve, elapsed) * (1 - share + 1e-9);
  let [fromAt, from]: readonly [number, number] = [0, 1];
  for (const [at, waiting] of curve) {
    if (waiting <= target && at > elapsed) {
      const reached =
        from === waiting ? at : fromAt + (at - fromAt) * Math.min(1, (from - target) / (from - waiting));
      return Math.max(elapsed, reached);
    }
    [fromAt, from] = [at, waiting];
  }
  return null;
}

/**
 * How likely a ticket that still waits after `elapsed` matches before `until`, both in milliseconds since the push. For
 * an instant beyond the curve it is the least that can be said: how likely it is by the end of the curve.
 * @returns null when nobody was watched for as long as this ticket has waited
 */
export function chanceBefore(curve: LagCurve, elapsed: number, until: number): number | null {
  const now = waitingAt(curve, elapsed);
  if (elapsed >= endOf(curve) || now <= 0) return null;
  return until <= elapsed ? 0 : 1 - waitingAt(curve, until) / now;
}

/**
 * So far ahead, in milliseconds, a deadline can be and still be missed with more than the chance that `line` allows:
 * who has longer, at whatever age, is safe.
 */
export function longestRisk(curve: LagCurve, line: number): number {
  const ages = [0, ...curve.slice(0, -1).map(([at]) => at)];
  return Math.max(0, ...ages.map((age) => (conditionalQuantile(curve, age, line) ?? endOf(curve)) - age));
}
