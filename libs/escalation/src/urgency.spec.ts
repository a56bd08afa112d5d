import { urgencyOf } from './urgency';

const now = new Date('2026-11-22T02:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const calm = { now, dueAt: hours(26), deadlineAt: null, flagged: false, overdue: false };

it.each([
  ['nothing presses', calm, null],
  ['24 hours passed', { ...calm, overdue: true, flagged: true }, 'overdue'],
  ['an officer flagged it', { ...calm, flagged: true }, 'officer_flag'],
  ['registration closes first', { ...calm, deadlineAt: hours(25.9) }, 'deadline_before_due'],
  ['registration closes at the same instant', { ...calm, deadlineAt: hours(26) }, null],
  ['registration has closed already', { ...calm, deadlineAt: hours(-1) }, null],
])('%s', (_, facts, reason) => {
  expect(urgencyOf(facts)).toBe(reason);
});
