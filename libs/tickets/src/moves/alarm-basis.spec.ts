import { basisKinds, lostBasis, urgencyBasis } from './alarm-basis';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));
const now = at(12);

const open = {
  state: 'open',
  contestedAt: null,
  snoozedUntil: null,
  deadlineAt: null,
} as const;
const alarm = (reason: Parameters<typeof lostBasis>[0]['reason'], deadlineAt: Date | null = null) => ({
  reason,
  deadlineAt,
});

it.each(['overdue', 'officer_flag', 'deadline_before_due', 'standstill', 'wait_over'] as const)(
  '%s about a suspended ticket was opened because of the suspension, or in spite of it',
  (reason) => {
    expect(lostBasis(alarm(reason), { ...open, state: 'suspended' }, null, now)).toBeNull();
  },
);

it.each([
  // An officer's word and a day that has passed are facts of their own.
  ['overdue', null],
  ['officer_flag', null],
  ['standstill', 'resumed'],
  ['wait_over', null],
] as const)('%s about a ticket that nothing makes urgent: %s', (reason, cause) => {
  expect(lostBasis(alarm(reason), open, null, now)).toBe(cause);
});

it('leaves a contested ticket that was never read in its standstill', () => {
  expect(lostBasis(alarm('standstill'), { ...open, contestedAt: at(10) }, null, now)).toBeNull();
});

it('takes back the end of a wait when another wait is set', () => {
  expect(lostBasis(alarm('wait_over'), { ...open, snoozedUntil: at(20) }, null, now)).toBe('wait_known');
});

describe.each(['deadline_before_due', 'unlikely_before_deadline'] as const)('%s', (reason) => {
  it.each([
    ['the deadline is later', at(30), null, 'deadline_changed'],
    ['there is no deadline any more', null, null, 'deadline_changed'],
    ['the deadline was corrected to one that has passed', at(11), null, 'deadline_changed'],
    ['there is time enough now', at(20), null, 'time_enough'],
    ['it presses still', at(20), 'deadline_before_due', null],
    ['the deadline is later and presses still', at(22), 'deadline_before_due', null],
    ['an officer has flagged it besides', at(30), 'officer_flag', null],
  ] as const)('%s', (_, deadlineAt, urgency, cause) => {
    expect(lostBasis(alarm(reason, at(20)), { ...open, deadlineAt }, urgency, now)).toBe(cause);
  });

  it('stands when the deadline has passed and nobody came', () => {
    expect(lostBasis(alarm(reason, at(11)), { ...open, deadlineAt: at(11) }, null, now)).toBeNull();
  });
});

type Entries = Parameters<typeof urgencyBasis>[0];
const urgent = (reason: string) => ({ kind: 'urgent' as const, data: { reason } });
const entry = (kind: (typeof basisKinds)[number]) => ({ kind, data: null });

it.each<[string, Entries, boolean, boolean]>([
  ['nothing', [], false, false],
  ['a flag with the complaint', [urgent('officer_flag')], true, false],
  ['an escalation by an officer', [entry('escalated')], true, false],
  ['a fact', [urgent('deadline_before_due')], false, false],
  ['a flag, then a fact', [entry('escalated'), urgent('deadline_before_due')], true, false],
  ['a flag that was taken back', [entry('escalated'), entry('returned')], false, false],
  ['a flag of an earlier round', [entry('escalated'), entry('reopened')], false, false],
  ['a deadline that changed since', [urgent('deadline_before_due'), entry('deadline_changed')], false, true],
  ['one that changed before', [entry('deadline_changed'), urgent('deadline_before_due')], false, false],
  ['a flag and a new deadline', [entry('escalated'), entry('deadline_changed')], true, true],
  [
    'an urgency that ended',
    [urgent('officer_flag'), entry('deadline_changed'), entry('urgency_ended')],
    false,
    false,
  ],
])('reads from the history why a ticket is urgent: %s', (_, entries, flagged, deadlineChanged) => {
  expect(urgencyBasis(entries)).toEqual({ flagged, deadlineChanged });
});
