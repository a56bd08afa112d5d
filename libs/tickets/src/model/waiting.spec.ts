import fc from 'fast-check';
import { ticketStates, pushStates, isClosed, verifications } from './lifecycle';
import { type WaitingFacts, waitsFor } from './waiting';

const open: WaitingFacts = {
  state: 'open',
  push: 'waiting',
  verification: 'unread',
  reason: null,
  pushes: 0,
  contestedAt: null,
  heldBy: null,
};

it.each<[string, Partial<WaitingFacts>, string | null]>([
  ['a new ticket', {}, 'waiting_for_hand_over'],
  ['a push that is to be sent again', { pushes: 1, verification: 'mismatch' }, 'waiting_for_new_push'],
  ['an accepted push', { push: 'accepted', pushes: 1 }, 'waiting_for_resync'],
  ['a push that the centre calls applied', { push: 'applied', pushes: 1 }, 'waiting_for_resync'],
  ['a fault of the centre', { reason: 'time_out', push: 'accepted' }, 'time_out'],
  ['a clock that an incident holds', { push: 'accepted', heldBy: 'centre_delayed' }, 'centre_incident'],
  ['a review', { state: 'in_review', reason: 'deceased' }, 'deceased'],
  ['a suspension', { state: 'suspended', reason: 'requirements_unmet' }, 'requirements_unmet'],
  ['a resolved ticket', { state: 'resolved' }, null],
  ['a contested one', { state: 'resolved', contestedAt: new Date() }, 'contested'],
])('%s waits for what is true of it', (_, facts, code) => {
  expect(waitsFor({ ...open, ...facts })).toBe(code);
});

it('says of every ticket that is not closed what it waits for', () => {
  fc.assert(
    fc.property(
      fc.record({
        state: fc.constantFrom(...ticketStates),
        push: fc.constantFrom(...pushStates),
        verification: fc.constantFrom(...verifications),
        reason: fc.constantFrom(null, 'time_out'),
        pushes: fc.nat(4),
        contestedAt: fc.constant(null),
        heldBy: fc.constantFrom(null, 'centre_delayed@33'),
      }),
      (facts) => (waitsFor(facts) === null) === isClosed(facts.state),
    ),
  );
});
