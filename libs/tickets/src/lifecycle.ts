/**
 * Three lines of state, never one. Each is a table that anybody can read; the public status is made of them, stored
 * in the transaction that changed a line, and never computed from a clock when it is read.
 */

/** What the desk says. */
export const caseStates = ['open', 'in_review', 'suspended', 'resolved', 'rejected', 'cancelled'] as const;
export type CaseState = (typeof caseStates)[number];

/** Whether the centre took our consolidation. */
export type Delivery = 'waiting' | 'accepted' | 'applied' | 'refused' | 'not_taken';

/** Whether the centre answers what the paper says. */
export type Verification = 'unread' | 'mismatch' | 'match';

export const publicStatuses = [
  'received',
  'queued',
  'syncing',
  'in_review',
  'overdue',
  'suspended',
  'awaiting_documents',
  'resolved',
  'rejected',
  'cancelled',
] as const;
export type PublicStatus = (typeof publicStatuses)[number];

const living: readonly CaseState[] = ['open', 'in_review', 'suspended'];
const closed: readonly CaseState[] = ['resolved', 'rejected', 'cancelled'];

/** From which states a move is possible, and where it leads; `null` leaves the state as it is. */
export const moves = {
  suspend: { from: ['open', 'in_review'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'open' },
  reject: { from: living, to: 'rejected' },
  cancel: { from: living, to: 'cancelled' },
  repush: { from: ['open', 'in_review'], to: 'open' },
  correct: { from: living, to: null },
  escalate: { from: living, to: null },
  transfer: { from: living, to: null },
  reopen: { from: closed, to: 'open' },
  note: { from: caseStates, to: null },
  reveal: { from: caseStates, to: null },
  /** The worker's own: a person must act. */
  review: { from: ['open', 'in_review'], to: 'in_review' },
  /** The worker's own: proved by a reading. */
  resolve: { from: ['open', 'in_review'], to: 'resolved' },
} as const satisfies Record<string, { from: readonly CaseState[]; to: CaseState | null }>;

export type Move = keyof typeof moves;

export function isAllowed(move: Move, from: CaseState): boolean {
  return (moves[move].from as readonly CaseState[]).includes(from);
}

export function isClosed(state: CaseState): boolean {
  return closed.includes(state);
}

export interface Lines {
  state: CaseState;
  /** The reason code of a suspension, of a review, or of a wait. */
  reason: string | null;
  overdue: boolean;
  /** When the centre first accepted a push in this round. */
  acceptedAt: Date | null;
  verification: Verification;
}

/** The first that fits. */
export function publicStatus({ state, reason, overdue, acceptedAt, verification }: Lines): PublicStatus {
  if (state === 'resolved' || state === 'rejected' || state === 'cancelled') return state;
  if (state === 'suspended') return reason === 'requirements_unmet' ? 'awaiting_documents' : 'suspended';
  if (overdue) return 'overdue';
  if (state === 'in_review') return 'in_review';
  if (acceptedAt) return 'syncing';
  return verification === 'unread' ? 'received' : 'queued';
}
