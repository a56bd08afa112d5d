import { type Lines, type Move, caseStates, isAllowed, isClosed, moves, publicStatus } from './lifecycle';

const open: Lines = { state: 'open', reason: null, overdue: false, acceptedAt: null, verification: 'unread' };
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
] as [string, Lines, string][])('%s', (_, lines, status) => {
  expect(publicStatus(lines)).toBe(status);
});

it('closes for good only by reopening', () => {
  for (const state of caseStates.filter(isClosed)) {
    const possible = (Object.keys(moves) as Move[]).filter((move) => isAllowed(move, state));
    expect(possible.sort()).toEqual(['note', 'reopen', 'reveal']);
  }
});
