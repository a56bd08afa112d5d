import { chanceBefore, conditionalQuantile } from './curve';
import type { LagCurve } from './survival';

/** Whose tickets a prediction rests on. */
export const predictionBases = ['region', 'nation'] as const;

/** A curve that rests on enough tickets, and whose tickets they were. */
export interface Lag {
  curve: LagCurve;
  /** Matches that it rests on. */
  sampleSize: number;
  basis: (typeof predictionBases)[number];
}

/** What a prediction needs to know of a ticket; the ticket itself fits. */
export interface WaitingTicket {
  state: string;
  push: string;
  /** When the centre accepted the last push. */
  pushedAt: Date | null;
}

/**
 * Why there is no range, or what must be known of it. `not_handed_over`: the centre has no push of it now, and the
 * range counts from this moment. `longer_than_seen`: it has waited, or may wait, longer than any ticket that was watched.
 */
export const predictionReasons = [
  'too_few_cases',
  'not_handed_over',
  'longer_than_seen',
  'waits_for_person',
] as const;
export type PredictionReason = (typeof predictionReasons)[number];

/** When a ticket will be done: half of those like it between `from` and `to`, nine of ten before `by90`. */
export interface Prediction {
  from: Date | null;
  to: Date | null;
  by90: Date | null;
  sampleSize: number | null;
  basis: Lag['basis'] | null;
  reason: PredictionReason | null;
}

/** @returns null for a ticket that is closed, and so has nothing to come */
export function predict(lag: Lag | null, waiting: WaitingTicket, now: Date): Prediction | null {
  if (!isLiving(waiting)) return null;
  if (waiting.state !== 'open') return nothing('waits_for_person');
  if (!lag) return nothing('too_few_cases');
  const pushed = acceptedPush(waiting);
  const start = pushed ?? now;
  const at = (share: number) => {
    const quantile = conditionalQuantile(lag.curve, now.getTime() - start.getTime(), share);
    return quantile === null ? null : new Date(Math.round(start.getTime() + quantile));
  };
  const range = { from: at(0.25), to: at(0.75), by90: at(0.9) };
  const { sampleSize, basis } = lag;
  const reason = !pushed ? 'not_handed_over' : range.by90 ? null : 'longer_than_seen';
  return { ...range, sampleSize, basis, reason };
}

/** How likely the ticket is done before this instant, of 1; null when that cannot be said. */
export function chanceOf(lag: Lag | null, waiting: WaitingTicket, now: Date, before: Date): number | null {
  if (!lag || waiting.state !== 'open') return null;
  const start = (acceptedPush(waiting) ?? now).getTime();
  return chanceBefore(lag.curve, now.getTime() - start, before.getTime() - start);
}

/** A push that the centre refused or did not take is no longer waited for: the next one begins anew. */
function acceptedPush({ push: delivery, pushedAt }: WaitingTicket): Date | null {
  return delivery === 'accepted' || delivery === 'applied' ? pushedAt : null;
}

function isLiving({ state }: WaitingTicket): boolean {
  return state === 'open' || state === 'in_review' || state === 'suspended';
}

function nothing(reason: PredictionReason): Prediction {
  return { from: null, to: null, by90: null, sampleSize: null, basis: null, reason };
}
