import { pushStateOf } from './push-state';

const then = new Date('2026-11-22T02:00:00Z');
const later = new Date('2026-11-22T03:00:00Z');

it.each([
  ['composed', { reason: null, acceptedAt: null, appliedAt: null }],
  ['accepted', { reason: null, acceptedAt: then, appliedAt: null }],
  ['applied', { reason: null, acceptedAt: then, appliedAt: later }],
  ['not_taken', { reason: 'still_mismatching', acceptedAt: then, appliedAt: later }],
  ['refused', { reason: 'resident_deceased', acceptedAt: then, appliedAt: null }],
  ['refused', { reason: 'resident_deceased', acceptedAt: then, appliedAt: later }],
  // Refused at once, without a tracking id: were it called composed, it would be sent again under its key for ever.
  ['refused', { reason: 'parameters_invalid', acceptedAt: null, appliedAt: null }],
])('a push is %s by its instants and its reason: %j', (state, facts) => {
  expect(pushStateOf(facts)).toBe(state);
});
