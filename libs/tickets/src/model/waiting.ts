import { type TicketState, type PushState, isClosed, type Verification } from './lifecycle';

/** Reasons that nobody states: they follow from the ticket's states. */
export const derivedReasons = [
  'waiting_for_hand_over',
  'waiting_for_new_push',
  'waiting_for_resync',
  'contested',
  'centre_incident',
] as const;
export type DerivedReason = (typeof derivedReasons)[number];

export interface WaitingFacts {
  state: TicketState;
  push: PushState;
  verification: Verification;
  /** Of a suspension, a review or a fault. */
  reason: string | null;
  /** Accepted pushes of this revision in this round. */
  pushes: number;
  contestedAt: Date | null;
  /** The incident for which its clock stands still. */
  heldBy: string | null;
}

/** What a ticket waits for, as a code that has an owner and a sentence; null when nothing more is to come. Pure. */
export function waitsFor(ticket: WaitingFacts): string | null {
  if (isClosed(ticket.state)) return ticket.contestedAt ? 'contested' : null;
  return ticket.reason ?? (ticket.heldBy ? 'centre_incident' : derived(ticket));
}

function derived({ push, pushes }: WaitingFacts): DerivedReason {
  if (push === 'accepted' || push === 'applied') return 'waiting_for_resync';
  return pushes > 0 ? 'waiting_for_new_push' : 'waiting_for_hand_over';
}
