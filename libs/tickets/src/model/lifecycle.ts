/**
 * Three state machines, never one. Each is a table that anybody can read; the public status is made of them, stored in
 * the transaction that changes one of them, and never computed from a clock when it is read.
 */

/** What the desk says. */
export const ticketStates = ['open', 'in_review', 'suspended', 'resolved', 'rejected', 'cancelled'] as const;
export type TicketState = (typeof ticketStates)[number];

/** Whether the centre took our consolidation. */
export const pushStates = ['waiting', 'accepted', 'applied', 'refused', 'not_taken'] as const;
export type PushState = (typeof pushStates)[number];

/** Whether the centre answers what the paper says. */
export const verifications = ['unread', 'mismatch', 'match'] as const;
export type Verification = (typeof verifications)[number];

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

const living = ['open', 'in_review', 'suspended'] as const satisfies TicketState[];
const closed = ['resolved', 'rejected', 'cancelled'] as const satisfies TicketState[];

/** From which states a move is possible, and where it leads; `null` leaves the state as it is. */
export const moves = {
  suspend: { from: ['open', 'in_review'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'open' },
  reject: { from: living, to: 'rejected' },
  cancel: { from: living, to: 'cancelled' },
  /** It is about the same NIK as another open ticket, which goes on alone. */
  merge: { from: living, to: 'cancelled' },
  repush: { from: ['open', 'in_review'], to: 'open' },
  correct: { from: living, to: null },
  /** Somebody has seen the paper of a push that the desk itself would not dare. */
  confirm: { from: ['in_review'], to: 'open' },
  escalate: { from: living, to: null },
  transfer: { from: living, to: null },
  /** "Known, wait until …": nobody is reminded until then; the status stays. */
  wait: { from: ['open', 'in_review'], to: null },
  /** "It is not done": the centre is read again, and the ticket reopened if that is true. */
  contest: { from: ['resolved'], to: null },
  reopen: { from: closed, to: 'open' },
  note: { from: ticketStates, to: null },
  /** It is about the same person as another ticket, under another NIK. */
  link: { from: ticketStates, to: null },
  /** What the applicant wants to be told by; withdrawn at any time. */
  notices: { from: ticketStates, to: null },
  reveal: { from: ticketStates, to: null },
  /** The worker's own: a person must act. */
  review: { from: ['open', 'in_review'], to: 'in_review' },
  /** What a person had to look at goes its way again: by a correction, or because the centre took a push. */
  proceed: { from: ['open', 'in_review'], to: 'open' },
  /** The worker's own: proved by a reading, see `prove`. */
  resolve: { from: ['open', 'in_review'], to: 'resolved' },
} as const satisfies Record<string, { from: readonly TicketState[]; to: TicketState | null }>;

export type Move = keyof typeof moves;

/** What an officer does; the rest is the worker's own. Each has a route (apps/api/src/auth/every-route.medium-spec.ts). */
export type OfficerMove = Exclude<Move, 'review' | 'proceed' | 'resolve'>;

/** The moves that take a ticket out of a state. */
export type MoveOutOf<State extends TicketState> = {
  [M in Move]: State extends (typeof moves)[M]['from'][number]
    ? (typeof moves)[M]['to'] extends State | null
      ? never
      : M
    : never;
}[Move];

/** What an office that only takes part may do. */
export const participantMoves: readonly Move[] = ['note'];

/** What becomes of our push at the centre. */
export const pushSteps = {
  /** It has the push and gave it a number. */
  accept: { from: ['waiting'], to: 'accepted' },
  /** It calls the push done, which is another fact than "it is done"; it may change its mind about a refusal. */
  apply: { from: ['accepted', 'refused'], to: 'applied' },
  refuse: { from: ['waiting', 'accepted', 'applied'], to: 'refused' },
  /** It called the push done, and long enough after that it still answers something else. */
  not_take: { from: ['applied'], to: 'not_taken' },
  /** There is a new push to be sent: after one that came to nothing, for a new revision or in a new round. */
  push_again: { from: pushStates, to: 'waiting' },
} as const satisfies Record<string, { from: readonly PushState[]; to: PushState }>;

/** What the centre answers when it is read. */
export const verificationSteps = {
  mismatch: { from: ['unread', 'mismatch'], to: 'mismatch' },
  match: { from: verifications, to: 'match' },
  /** New values, or a new round: what it answered before says nothing of them. */
  forget: { from: verifications, to: 'unread' },
} as const satisfies Record<string, { from: readonly Verification[]; to: Verification }>;

/** A state was to be changed in a way that its table does not know: a fault of ours, never an officer's. */
export class IllegalStep extends Error {
  constructor(step: string, from: string) {
    super(`No "${step}" from "${from}"`);
    this.name = 'IllegalStep';
  }
}

/** The three states as they are written; a ticket shows them as readonly, so that these functions are the only way. */
interface StateMachines {
  state: TicketState;
  push: PushState;
  verification: Verification;
  proofId: string | null;
}

/** Takes a ticket where the move leads. @throws IllegalStep */
export function applyMove(ticket: StateMachines, move: Exclude<Move, 'resolve'>): void {
  if (!isAllowed(move, ticket.state)) throw new IllegalStep(move, ticket.state);
  ticket.state = moves[move].to ?? ticket.state;
  // A reopened ticket is not proved any more.
  if (!isClosed(ticket.state)) ticket.proofId = null;
}

/** The only way to `resolved`: with the reading in which everything in dispute matches. @throws IllegalStep */
export function prove(ticket: StateMachines, readingId: string): void {
  if (!isAllowed('resolve', ticket.state)) throw new IllegalStep('resolve', ticket.state);
  applyVerification(ticket, 'match');
  ticket.state = moves.resolve.to;
  ticket.proofId = readingId;
}

/** @throws IllegalStep */
export function applyPush(ticket: Pick<StateMachines, 'push'>, step: keyof typeof pushSteps): void {
  const { from, to } = pushSteps[step];
  if (!(from as readonly PushState[]).includes(ticket.push)) throw new IllegalStep(step, ticket.push);
  ticket.push = to;
}

/** @throws IllegalStep */
export function applyVerification(
  ticket: Pick<StateMachines, 'verification'>,
  step: keyof typeof verificationSteps,
): void {
  const { from, to } = verificationSteps[step];
  if (!(from as readonly Verification[]).includes(ticket.verification))
    throw new IllegalStep(step, ticket.verification);
  ticket.verification = to;
}

export function isAllowed(move: Move, from: TicketState): boolean {
  return (moves[move].from as readonly TicketState[]).includes(from);
}

export function isClosed(state: TicketState): boolean {
  return (closed as readonly TicketState[]).includes(state);
}

export interface StatusFacts {
  state: TicketState;
  /** The reason code of a suspension, of a review, or of a wait. */
  reason: string | null;
  overdue: boolean;
  /** When the centre first accepted a push in this round. */
  acceptedAt: Date | null;
  verification: Verification;
}

/** The first that fits. */
export function publicStatus({
  state,
  reason,
  overdue,
  acceptedAt,
  verification,
}: StatusFacts): PublicStatus {
  if (state === 'resolved' || state === 'rejected' || state === 'cancelled') return state;
  if (state === 'suspended') return reason === 'requirements_unmet' ? 'awaiting_documents' : 'suspended';
  if (overdue) return 'overdue';
  if (state === 'in_review') return 'in_review';
  if (acceptedAt) return 'syncing';
  return verification === 'unread' ? 'received' : 'queued';
}
