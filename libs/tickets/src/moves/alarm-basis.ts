import type { HistoryEntry } from '../model/history';
import type { Ticket } from '../model/ticket';
import type { Escalation, UrgencyReason, WithdrawalCause } from '@sinkron/escalation';

type Alarm = Pick<Escalation, 'reason' | 'deadlineAt'>;
type AlarmedTicket = Pick<Ticket, 'state' | 'contestedAt' | 'snoozedUntil' | 'deadlineAt'>;

/**
 * What an open alarm about a ticket has lost of what it rested on; null while it stands. Pure: the one rule for every
 * transaction that changes a fact.
 * @param urgency why the ticket is urgent by the facts as they are now
 */
export function lostBasis(
  alarm: Alarm,
  ticket: AlarmedTicket,
  urgency: UrgencyReason | null,
  now: Date,
): WithdrawalCause | null {
  // The suspension took back what was open; what was opened since then was meant in spite of it.
  if (ticket.state === 'suspended') return null;
  if (alarm.reason === 'standstill') return ticket.contestedAt ? null : 'resumed';
  if (alarm.reason === 'wait_over') return ticket.snoozedUntil ? 'wait_known' : null;
  if (!restsOnDeadline(alarm) || urgency) return null;
  if (!isSame(alarm.deadlineAt, ticket.deadlineAt)) return 'deadline_changed';
  // Nobody came in time: that is no reason to take the alarm back.
  const isPassed = ticket.deadlineAt !== null && ticket.deadlineAt <= now;
  return isPassed ? null : 'time_enough';
}

export function restsOnDeadline({ reason }: Pick<Escalation, 'reason'>): boolean {
  return reason === 'deadline_before_due' || reason === 'unlikely_before_deadline';
}

/** What the history says of why a ticket is urgent. */
export interface UrgencyBasis {
  /** An officer flagged it, and nobody took that back. */
  flagged: boolean;
  /** The deadline is another than when it became urgent. */
  deadlineChanged: boolean;
}

/** The entries from which `urgencyBasis` is read. */
export const basisKinds = [
  'urgent',
  'urgency_ended',
  'escalated',
  'returned',
  'reopened',
  'deadline_changed',
] as const satisfies readonly HistoryEntry['kind'][];

/** @param entries of these kinds, oldest first */
export function urgencyBasis(entries: readonly Pick<HistoryEntry, 'kind' | 'data'>[]): UrgencyBasis {
  let basis: UrgencyBasis = { flagged: false, deadlineChanged: false };
  for (const { kind, data } of entries) {
    if (kind === 'returned' || kind === 'reopened' || kind === 'urgency_ended')
      basis = { flagged: false, deadlineChanged: false };
    else if (kind === 'deadline_changed') basis = { ...basis, deadlineChanged: true };
    else {
      const flagged = basis.flagged || kind === 'escalated' || data?.reason === 'officer_flag';
      basis = { flagged, deadlineChanged: false };
    }
  }
  return basis;
}

function isSame(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime();
}
