/** Why a ticket is urgent; each reason is a fact, never how often or how loudly somebody asked. */
export const urgencyReasons = [
  'overdue',
  'officer_flag',
  'unlikely_before_deadline',
  'deadline_before_due',
] as const;
export type UrgencyReason = (typeof urgencyReasons)[number];

/** Reasons that do not wait for the end of quiet hours: a deadline comes near, or an officer asks for somebody now. */
export const immediateReasons: readonly string[] = [
  'officer_flag',
  'deadline_before_due',
  'unlikely_before_deadline',
] satisfies UrgencyReason[];

/**
 * Whether quiet hours do not hold: for an officer's flag, and for a deadline that comes near or within a day of their
 * end. For one that has passed nobody is woken.
 */
export function breaksQuiet(
  { reason, deadlineAt }: { reason: string; deadlineAt: Date | null },
  { now, quietEnds, day }: { now: Date; quietEnds: Date; day: number },
): boolean {
  if (reason === 'officer_flag') return true;
  if (deadlineAt === null) return immediateReasons.includes(reason);
  if (deadlineAt <= now) return false;
  return immediateReasons.includes(reason) || deadlineAt.getTime() < quietEnds.getTime() + day;
}

export interface UrgencyFacts {
  now: Date;
  dueAt: Date;
  /** The instant at which the applicant's own registration closes: stated, else the purpose's. */
  deadlineAt: Date | null;
  /** An officer flagged it and gave a reason. */
  flagged: boolean;
  /** 24 hours passed without a match (R7). */
  overdue: boolean;
  /** How likely it is done before the deadline, of 1; null while too few tickets are known to say. */
  chance: number | null;
  /** Below this chance the deadline makes it urgent. */
  threshold: number;
}

/**
 * The first reason that holds, or null. A deadline that has passed helps nobody and is no reason. Where the chance is
 * known it alone decides about a deadline; else one that falls before `dueAt` is reason enough.
 */
export function urgencyOf(facts: UrgencyFacts): UrgencyReason | null {
  const { now, dueAt, deadlineAt, chance, threshold } = facts;
  if (facts.overdue) return 'overdue';
  if (facts.flagged) return 'officer_flag';
  if (!deadlineAt || deadlineAt <= now) return null;
  if (chance !== null) return chance < threshold ? 'unlikely_before_deadline' : null;
  return deadlineAt < dueAt ? 'deadline_before_due' : null;
}
