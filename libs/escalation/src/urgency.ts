/** Why a case is urgent; each reason is a fact, never how often or how loudly somebody asked (domain.md, "Urgent"). */
export type UrgencyReason = 'overdue' | 'officer_flag' | 'deadline_before_due';

export interface UrgencyFacts {
  now: Date;
  dueAt: Date;
  /** The instant at which the applicant's own registration closes: stated, else the purpose's. */
  deadlineAt: Date | null;
  /** An officer flagged it and gave a reason. */
  flagged: boolean;
  /** 24 hours passed without a match (R7). */
  overdue: boolean;
}

/** The first reason that holds, or null. A deadline that has passed helps nobody and is no reason. */
export function urgencyOf({ now, dueAt, deadlineAt, flagged, overdue }: UrgencyFacts): UrgencyReason | null {
  if (overdue) return 'overdue';
  if (flagged) return 'officer_flag';
  if (deadlineAt && deadlineAt > now && deadlineAt < dueAt) return 'deadline_before_due';
  return null;
}
