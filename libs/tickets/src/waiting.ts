import { type CaseState, type Delivery, type Verification, isClosed } from './lifecycle';

/** Reasons that nobody states: they follow from where the case's lines stand. */
export const derivedReasons = [
  'waiting_for_hand_over',
  'waiting_for_new_push',
  'waiting_for_resync',
  'contested',
  'centre_incident',
] as const;
export type DerivedReason = (typeof derivedReasons)[number];

export interface WaitingLines {
  state: CaseState;
  delivery: Delivery;
  verification: Verification;
  /** Of a suspension, a review or a fault. */
  reason: string | null;
  /** Accepted pushes of this revision in this round. */
  pushes: number;
  contestedAt: Date | null;
  /** The incident for which its clock stands still. */
  heldBy: string | null;
}

/** What a case waits for, as a code that has an owner and a sentence; null when nothing more is to come. Pure. */
export function waitsFor(ticket: WaitingLines): string | null {
  if (isClosed(ticket.state)) return ticket.contestedAt ? 'contested' : null;
  return ticket.reason ?? (ticket.heldBy ? 'centre_incident' : derived(ticket));
}

function derived({ delivery, pushes }: WaitingLines): DerivedReason {
  if (delivery === 'accepted' || delivery === 'applied') return 'waiting_for_resync';
  return pushes > 0 ? 'waiting_for_new_push' : 'waiting_for_hand_over';
}

/** The wait that somebody knew of is over, or another took its place. */
export function endWait(ticket: { knownUntil: Date | null; knownNoteId: string | null }): void {
  ticket.knownUntil = null;
  ticket.knownNoteId = null;
}
