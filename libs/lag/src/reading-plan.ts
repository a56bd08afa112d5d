import { conditionalQuantile } from './curve';
import type { LagCurve } from './survival';

/** A ticket is read again when one of so many of its kind has matched since, if nothing forbids so many readings. */
const usualTarget = 0.1;
/** However scarce readings are, half of the tickets are not left to wait for the next one. */
const highestTarget = 0.5;

/**
 * The chance of a match at which the next reading is due. A ticket is found at each reading with this chance, so it
 * takes about 1/target of them.
 * @param quota readings that the centre grants us a day; null when it counts none
 * @param pushes how many pushes it accepted in the last day; each cost a reading before it was sent
 */
export function readingTarget(quota: number | null, pushes: number): number {
  if (quota === null) return usualTarget;
  const left = quota - pushes;
  const spread = left > 0 ? pushes / left : highestTarget;
  return Math.min(highestTarget, Math.max(usualTarget, spread));
}

/**
 * When to read again, in milliseconds since the accepted push: where the chance that the ticket has matched since the
 * last mismatching reading reaches the target, within bounds.
 * @param elapsed since the push, at that reading; 0 before the first
 * @param bounds the shortest and the longest time between two readings
 */
export function nextReading(
  curve: LagCurve,
  elapsed: number,
  target: number,
  bounds: { least: number; most: number },
): number {
  const wanted = conditionalQuantile(curve, elapsed, target) ?? Infinity;
  return elapsed + Math.min(bounds.most, Math.max(bounds.least, wanted - elapsed));
}
