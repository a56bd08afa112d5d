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

it.each([
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
] as [string, StatusFacts, string][])('%s', (_, lines, status) => {
  expect(publicStatus(lines)).toBe(status);
});

it('closes for good only by reopening, and only what is resolved can be contested', () => {
  for (const state of ticketStates.filter(isClosed)) {
    const possible = (Object.keys(moves) as Move[]).filter((move) => isAllowed(move, state));
    const contest = state === 'resolved' ? ['contest'] : [];
    expect(possible.sort()).toEqual([...contest, 'note', 'notices', 'reopen', 'reveal']);
  }
});

describe('the steps of the three lines', () => {
  const fresh = { state: 'open', push: 'waiting', verification: 'unread', proofId: null } as const;
  type Steerable = Parameters<typeof applyMove>[0];

  it.each(Object.keys(moves).filter((move) => move !== 'resolve'))('%s only from its states', (name) => {
    const move = name as Exclude<Move, 'resolve'>;
    for (const state of ticketStates) {
      const ticket: Steerable = { ...fresh, state };
      const led = isAllowed(move, state) ? (moves[move].to ?? state) : IllegalStep;
      expect(taken(() => applyMove(ticket, move)) ?? ticket.state).toBe(led);
    }
  });

  it.each(Object.keys(pushSteps))('%s of a push only from its states', (name) => {
    const { from, to } = pushSteps[name as keyof typeof pushSteps];
    for (const push of pushStates) {
      const ticket: Steerable = { ...fresh, push };
      const step = () => applyPush(ticket, name as keyof typeof pushSteps);
      const led = (from as readonly string[]).includes(push) ? to : IllegalStep;
      expect(taken(step) ?? ticket.push).toBe(led);
    }
  });

  it.each(Object.keys(verificationSteps))('%s of a reading only from its states', (name) => {
    const { from, to } = verificationSteps[name as keyof typeof verificationSteps];
    for (const verification of verifications) {
      const ticket: Steerable = { ...fresh, verification };
      const step = () => applyVerification(ticket, name as keyof typeof verificationSteps);
      const led = (from as readonly string[]).includes(verification) ? to : IllegalStep;
      expect(taken(step) ?? ticket.verification).toBe(led);
    }
  });

  it('lead to resolved by a proof alone, and a reopened case is not proved any more', () => {
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
