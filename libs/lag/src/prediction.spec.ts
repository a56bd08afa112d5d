import { chanceOf, type Lag, predict } from './prediction';

const hour = 3_600_000;
const now = new Date('2026-11-22T07:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * hour);

/** Evenly spread over 20 hours, watched until then. */
const lag: Lag = { curve: [[20 * hour, 0]], sampleSize: 212, basis: 'region' };
const pushed = { state: 'open', push: 'accepted', pushedAt: now };

it('gives the middle half and nine of ten, from the push on', () => {
  expect(predict(lag, pushed, now)).toEqual({
    from: hours(5),
    to: hours(15),
    by90: hours(18),
    sampleSize: 212,
    basis: 'region',
    reason: null,
  });
});

it('moves on with the time that the ticket has waited already', () => {
  const waiting = { ...pushed, push: 'applied', pushedAt: hours(-10) };
  expect(predict(lag, waiting, now)).toMatchObject({ from: hours(2.5), to: hours(7.5), by90: hours(9) });
});

it.each([
  ['not handed over', { ...pushed, push: 'waiting', pushedAt: null }],
  ['refused, and about to be pushed again', { ...pushed, push: 'refused', pushedAt: hours(-10) }],
  ['not taken, and about to be pushed again', { ...pushed, push: 'not_taken', pushedAt: hours(-10) }],
])('counts from now while it is %s, and says so', (_, waiting) => {
  expect(predict(lag, waiting, now)).toMatchObject({ from: hours(5), reason: 'not_handed_over' });
});

it('says when it has waited longer than any ticket that was watched', () => {
  expect(predict(lag, { ...pushed, pushedAt: hours(-20) }, now)).toMatchObject({
    from: null,
    to: null,
    by90: null,
    reason: 'longer_than_seen',
  });
  const cut: Lag = { ...lag, curve: [[10 * hour, 0.5]] };
  expect(predict(cut, pushed, now)).toMatchObject({ from: hours(5), to: null, reason: 'longer_than_seen' });
});

it.each([
  ['too few cases are known', null, pushed, 'too_few_cases'],
  ['it waits for an officer', lag, { ...pushed, state: 'in_review' }, 'waits_for_person'],
  ['it is suspended', lag, { ...pushed, state: 'suspended' }, 'waits_for_person'],
])('gives no range when %s', (_, known, waiting, reason) => {
  expect(predict(known, waiting, now)).toMatchObject({ from: null, sampleSize: null, reason });
});

it.each(['resolved', 'rejected', 'cancelled'])('predicts nothing for a ticket that is %s', (state) => {
  expect(predict(lag, { ...pushed, state }, now)).toBeNull();
});

it.each([
  ['evenly spread', lag, pushed, hours(5), 0.25],
  ['half of the time is gone', lag, { ...pushed, pushedAt: hours(-10) }, hours(5), 0.5],
  ['not handed over: from now', lag, { ...pushed, push: 'waiting', pushedAt: null }, hours(5), 0.25],
  ['nothing known', null, pushed, hours(5), null],
  ['a person must act first', lag, { ...pushed, state: 'in_review' }, hours(5), null],
])('the chance before a deadline: %s', (_, known, waiting, deadline, chance) => {
  const found = chanceOf(known, waiting, now, deadline);
  expect(found === null ? null : Math.round(found * 100) / 100).toBe(chance);
});
