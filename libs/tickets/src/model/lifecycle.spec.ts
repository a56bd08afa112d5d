import {
  applyPush,
  applyMove,
  applyVerification,
  ticketStates,
  pushStates,
  pushSteps,
  IllegalStep,
  isAllowed,
  isClosed,
  type StatusFacts,
  type Move,
  moves,
  prove,
  publicStatus,
  publicStatuses,
  type PublicStatus,
  type PushState,
  type TicketState,
  type Verification,
  verifications,
  verificationSteps,
} from './lifecycle';

const open: StatusFacts = {
  state: 'open',
  reason: null,
  overdue: false,
  acceptedAt: null,
  verification: 'unread',
};
const accepted = { ...open, acceptedAt: new Date(), verification: 'mismatch' } as const;

const statuses: [string, StatusFacts, PublicStatus][] = [
  ['nothing happened yet', open, 'received'],
  ['the verdict before the push is kept', { ...open, verification: 'mismatch' }, 'queued'],
  ['the centre accepted', accepted, 'syncing'],
  ['a person must act', { ...accepted, state: 'in_review', reason: 'deceased' }, 'in_review'],
  ['overdue, even in review', { ...accepted, state: 'in_review', overdue: true }, 'overdue'],
  [
    'suspended for documents, even overdue',
    { ...accepted, state: 'suspended', reason: 'requirements_unmet', overdue: true },
    'awaiting_documents',
  ],
  ['suspended for another reason', { ...accepted, state: 'suspended', reason: 'off_procedure' }, 'suspended'],
  ['resolved, whatever went before', { ...accepted, state: 'resolved', overdue: true }, 'resolved'],
  ['rejected', { ...open, state: 'rejected', overdue: true }, 'rejected'],
  ['cancelled', { ...accepted, state: 'cancelled', overdue: true }, 'cancelled'],
];

it.each(statuses)('%s', (_, facts, status) => {
  expect(publicStatus(facts)).toBe(status);
});

it('comes to every public status that there is', () => {
  expect(new Set(statuses.map(([, , status]) => status))).toEqual(new Set(publicStatuses));
});

it('closes for good only by reopening, and only what is resolved can be contested', () => {
  for (const state of ticketStates.filter(isClosed)) {
    const possible = (Object.keys(moves) as Move[]).filter((move) => isAllowed(move, state));
    const contest = state === 'resolved' ? ['contest'] : [];
    expect(possible.sort()).toEqual([...contest, 'link', 'note', 'notices', 'reopen', 'reveal'].sort());
  }
});

describe('the steps of the three state machines', () => {
  const fresh = { state: 'open', push: 'waiting', verification: 'unread', proofId: null } as const;
  type Steerable = Parameters<typeof applyMove>[0];

  /** Written out here and not read from the tables: from where each move leads where; anything else is illegal. */
  const ledBy: Record<Exclude<Move, 'resolve'>, Partial<Record<TicketState, TicketState>>> = {
    suspend: { open: 'suspended', in_review: 'suspended' },
    resume: { suspended: 'open' },
    reject: { open: 'rejected', in_review: 'rejected', suspended: 'rejected' },
    cancel: { open: 'cancelled', in_review: 'cancelled', suspended: 'cancelled' },
    merge: { open: 'cancelled', in_review: 'cancelled', suspended: 'cancelled' },
    repush: { open: 'open', in_review: 'open' },
    correct: { open: 'open', in_review: 'in_review', suspended: 'suspended' },
    confirm: { in_review: 'open' },
    escalate: { open: 'open', in_review: 'in_review', suspended: 'suspended' },
    transfer: { open: 'open', in_review: 'in_review', suspended: 'suspended' },
    wait: { open: 'open', in_review: 'in_review' },
    contest: { resolved: 'resolved' },
    reopen: { resolved: 'open', rejected: 'open', cancelled: 'open' },
    note: everywhere(),
    link: everywhere(),
    notices: everywhere(),
    reveal: everywhere(),
    review: { open: 'in_review', in_review: 'in_review' },
    proceed: { open: 'open', in_review: 'open' },
  };
  const pushLedBy: Record<keyof typeof pushSteps, Partial<Record<PushState, PushState>>> = {
    accept: { waiting: 'accepted' },
    apply: { accepted: 'applied', refused: 'applied' },
    refuse: { waiting: 'refused', accepted: 'refused', applied: 'refused' },
    not_take: { applied: 'not_taken' },
    push_again: {
      waiting: 'waiting',
      accepted: 'waiting',
      applied: 'waiting',
      refused: 'waiting',
      not_taken: 'waiting',
    },
  };
  const readingLedBy: Record<keyof typeof verificationSteps, Partial<Record<Verification, Verification>>> = {
    mismatch: { unread: 'mismatch', mismatch: 'mismatch' },
    match: { unread: 'match', mismatch: 'match', match: 'match' },
    forget: { unread: 'unread', mismatch: 'unread', match: 'unread' },
  };

  function everywhere(): Partial<Record<TicketState, TicketState>> {
    return Object.fromEntries(ticketStates.map((state) => [state, state]));
  }

  it('cover every step of the tables', () => {
    expect(Object.keys(moves).sort()).toEqual([...Object.keys(ledBy), 'resolve'].sort());
    expect(Object.keys(pushSteps).sort()).toEqual(Object.keys(pushLedBy).sort());
    expect(Object.keys(verificationSteps).sort()).toEqual(Object.keys(readingLedBy).sort());
    expect([ticketStates.length, pushStates.length, verifications.length]).toEqual([6, 5, 3]);
  });

  it.each(Object.keys(ledBy) as (keyof typeof ledBy)[])('%s only from its states', (move) => {
    for (const state of ticketStates) {
      const ticket: Steerable = { ...fresh, state };
      const led = ledBy[move][state];
      expect(isAllowed(move, state)).toBe(led !== undefined);
      expect(taken(() => applyMove(ticket, move)) ?? ticket.state).toBe(led ?? IllegalStep);
    }
  });

  it.each(Object.keys(pushLedBy) as (keyof typeof pushLedBy)[])(
    '%s of a push only from its states',
    (step) => {
      for (const push of pushStates) {
        const ticket: Steerable = { ...fresh, push };
        const led = pushLedBy[step][push];
        expect(taken(() => applyPush(ticket, step)) ?? ticket.push).toBe(led ?? IllegalStep);
      }
    },
  );

  it.each(Object.keys(readingLedBy) as (keyof typeof readingLedBy)[])(
    '%s of a reading only from its states',
    (step) => {
      for (const verification of verifications) {
        const ticket: Steerable = { ...fresh, verification };
        const led = readingLedBy[step][verification];
        expect(taken(() => applyVerification(ticket, step)) ?? ticket.verification).toBe(led ?? IllegalStep);
      }
    },
  );

  it('resolve only what an officer or the worker has open', () => {
    for (const state of ticketStates) {
      const open = state === 'open' || state === 'in_review';
      const ticket: Steerable = { ...fresh, state };
      expect(taken(() => prove(ticket, 'reading')) ?? ticket.state).toBe(open ? 'resolved' : IllegalStep);
    }
  });

  it('lead to resolved by a proof alone, and a reopened ticket is not proved any more', () => {
    const ticket: Steerable = { ...fresh };
    prove(ticket, 'reading');
    expect(ticket).toEqual({ ...fresh, state: 'resolved', verification: 'match', proofId: 'reading' });
    expect(() => prove(ticket, 'another')).toThrow(IllegalStep);
    applyMove(ticket, 'reopen');
    expect(ticket).toMatchObject({ state: 'open', proofId: null });
  });
});

/** The class of what a step throws; null when it is taken. */
function taken(step: () => void): unknown {
  try {
    step();
    return null;
  } catch (error) {
    return (error as Error).constructor;
  }
}
