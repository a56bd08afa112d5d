/** What is known of one accepted push: so long it was watched, and whether the match was seen then. */
export interface Observation {
  /** From the acceptance to the match, or to the last reading that still mismatched. */
  milliseconds: number;
  matched: boolean;
}

/**
 * The share of tickets that still wait, over the time since the push was accepted: points of falling share, straight
 * between them, from [0, 1] on. Beyond the last point nothing is known.
 */
export type LagCurve = readonly (readonly [milliseconds: number, waiting: number])[];

/** A curve and what it rests on. */
export interface Survival {
  /** How many matches were seen. */
  events: number;
  /** How many were still unmatched when last read: open, ended without proof, or out of sight. */
  censored: number;
  curve: LagCurve;
}

/** The curve is kept in steps of so much, so a hundred points hold it whatever the number of tickets. */
const step = 0.01;

/**
 * The Kaplan–Meier estimate (1958): at each match the share that waits falls by one part of those still watched; who
 * was last seen unmatched at that very instant is counted as watched.
 * @param observations in any order; what lasted no time tells nothing and is left out unless it is a match
 */
export function estimateSurvival(observations: readonly Observation[]): Survival {
  const seen = observations.filter(({ milliseconds, matched }) => matched || milliseconds > 0);
  const sorted = seen.toSorted((one, other) => one.milliseconds - other.milliseconds);
  const steps: [number, number][] = [];
  let waiting = 1;
  let watched = sorted.length;
  for (let index = 0; index < sorted.length;) {
    const at = sorted[index]?.milliseconds ?? 0;
    const first = index;
    let matches = 0;
    for (; sorted[index]?.milliseconds === at; index++) matches += Number(sorted[index]?.matched);
    if (matches > 0) {
      waiting *= 1 - matches / watched;
      // Nothing matches in no time; a step at zero could not be told from the beginning.
      steps.push([Math.max(1, Math.round(at)), waiting]);
    }
    watched -= index - first;
  }
  const events = sorted.filter(({ matched }) => matched).length;
  const longest = Math.round(sorted.at(-1)?.milliseconds ?? 0);
  return { events, censored: sorted.length - events, curve: thin(steps, longest) };
}

/** Each point at which the share has fallen by another step, the last fall, and how far anybody was watched. */
function thin(steps: readonly [number, number][], longest: number): LagCurve {
  const kept: [number, number][] = [];
  let last = 1;
  for (const [index, [at, waiting]] of steps.entries()) {
    if (last - waiting < step - 1e-9 && index < steps.length - 1) continue;
    kept.push([at, round(waiting)]);
    last = waiting;
  }
  const end = kept.at(-1);
  if (end && longest > end[0] && end[1] > 0) kept.push([longest, end[1]]);
  return kept;
}

function round(share: number): number {
  return Math.round(share * 1e5) / 1e5;
}
