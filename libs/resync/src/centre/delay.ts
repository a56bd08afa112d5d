import { estimateSurvival, type Observation, waitingAt } from '@sinkron/lag';

/** A push that waits, or waited, for its match. */
export interface WaitingPush extends Observation {
  acceptedAt: Date;
}

/** The matches of the latest stretch of time, and those to be expected from the time before it. */
export interface PaceEvidence {
  /** Pushes that were watched in it. */
  watched: number;
  /** How many of them should have matched in it, had the centre been as quick as before. */
  expected: number;
  /** How many did. */
  matched: number;
}

/**
 * The one-sample log-rank comparison: each push is expected to match in the window with the hazard that its waiting
 * time had before the window began. It finds a halt as soon as some twenty matches were due, long before any ticket is
 * late, and is misled neither by few tickets nor by many new ones.
 */
export function paceEvidence(pushes: readonly WaitingPush[], from: Date): PaceEvidence {
  const evidence = { watched: 0, expected: 0, matched: 0 };
  const { curve } = estimateSurvival(pushes.flatMap((push) => knownAt(push, from) ?? []));
  const hazard = (elapsed: number) => -Math.log(Math.max(waitingAt(curve, elapsed), fewestLeft));
  for (const { acceptedAt, milliseconds, matched } of pushes) {
    const begin = Math.max(0, from.getTime() - acceptedAt.getTime());
    if (milliseconds <= begin) continue;
    evidence.watched += 1;
    evidence.expected += hazard(milliseconds) - hazard(begin);
    evidence.matched += Number(matched);
  }
  return evidence;
}

/** Where fewer are left than this share, the end of the curve rests on single tickets. */
const fewestLeft = 0.05;

/** What was known of a push at an earlier instant; null before its acceptance. */
function knownAt({ acceptedAt, milliseconds, matched }: WaitingPush, instant: Date): Observation | null {
  const age = instant.getTime() - acceptedAt.getTime();
  if (age <= 0) return null;
  return milliseconds <= age ? { milliseconds, matched } : { milliseconds: age, matched: false };
}

/** With twenty expected, four or fewer come by chance less often than once in fifty thousand passes. */
const fewestExpected = 20;
const stopShare = 0.2;
/** At half the usual pace over a whole window the centre works again. */
const goShare = 0.5;

/** Whether the centre has come to a halt, goes on, or too little was due to know. */
export function judgePace({ expected, matched }: PaceEvidence): 'halted' | 'going' | 'unclear' {
  if (expected < fewestExpected) return matched >= fewestExpected * goShare ? 'going' : 'unclear';
  if (matched <= expected * stopShare) return 'halted';
  return matched >= expected * goShare ? 'going' : 'unclear';
}

/** How many pushes were to match by now, and how many of them do not: where a slow drift ends. */
export interface DueEvidence {
  due: number;
  stillMismatching: number;
}

/** Those whose day came to its end within the window. */
export function dueEvidence(
  pushes: readonly WaitingPush[],
  { now, window, day }: { now: Date; window: number; day: number },
): DueEvidence {
  const due = pushes.filter(({ acceptedAt }) => {
    const late = now.getTime() - acceptedAt.getTime() - day;
    return late >= 0 && late < window;
  });
  return { due: due.length, stillMismatching: due.filter(({ matched }) => !matched).length };
}

const fewestDue = 10;

/** Whether being late has become the rule. */
export function judgeDue({ due, stillMismatching }: DueEvidence): 'late' | 'in_time' | 'unclear' {
  if (due < fewestDue) return 'unclear';
  return stillMismatching * 2 >= due ? 'late' : 'in_time';
}
