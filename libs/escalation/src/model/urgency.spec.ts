import { breaksQuiet, urgencyOf } from './urgency';

const now = new Date('2026-11-22T02:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const calm = {
  now,
  dueAt: hours(26),
  deadlineAt: null,
  flagged: false,
  overdue: false,
  chance: null,
  threshold: 0.5,
};
const closesFirst = { ...calm, deadlineAt: hours(25.9) };
const closesLater = { ...calm, deadlineAt: hours(50) };

it.each([
  ['there is no reason', calm, null],
  ['24 hours passed', { ...calm, overdue: true, flagged: true }, 'overdue'],
  ['an officer flagged it', { ...calm, flagged: true }, 'officer_flag'],
  ['registration closes first', closesFirst, 'deadline_before_due'],
  ['registration closes at the same instant', { ...calm, deadlineAt: hours(26) }, null],
  ['registration closes now', { ...calm, deadlineAt: now, chance: 0 }, null],
  ['registration has closed already', { ...calm, deadlineAt: hours(-1), chance: 0 }, null],
  ['it will hardly be done in time', { ...closesFirst, chance: 0.49 }, 'unlikely_before_deadline'],
  ['it will hardly be done although due before', { ...closesLater, chance: 0.2 }, 'unlikely_before_deadline'],
  ['registration closes first, and it will likely be done', { ...closesFirst, chance: 0.5 }, null],
  [
    'a stricter office has a higher limit',
    { ...closesFirst, chance: 0.5, threshold: 0.9 },
    'unlikely_before_deadline',
  ],
])('%s', (_, facts, reason) => {
  expect(urgencyOf(facts)).toBe(reason);
});

it.each([
  ['an officer flagged it', 'officer_flag', hours(-90), true],
  ['registration closes first', 'deadline_before_due', hours(20), true],
  ['registration closes first, but in days', 'unlikely_before_deadline', hours(90), true],
  ['registration has closed', 'deadline_before_due', hours(-1), false],
  ['it is late, and registration closes within a day of the end', 'overdue', hours(31), true],
  ['it is late, and registration closes later', 'overdue', hours(33), false],
  ['it is late, and registration closed long ago', 'overdue', hours(-400), false],
  ['it is late', 'overdue', null, false],
])('asks in quiet hours: %s', (_, reason, deadlineAt, breaks) => {
  const quiet = { now, quietEnds: hours(8), day: 24 * 3_600_000 };
  expect(breaksQuiet({ reason, deadlineAt }, quiet)).toBe(breaks);
});
