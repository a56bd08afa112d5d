import { Ticket } from '../model/ticket';
import { judgeUrgency, type UrgencyJudge } from './ticket-urgency';
import { newId } from '@sinkron/database';

const now = new Date('2026-11-22T02:00:00Z');
const later = new Date('2026-11-23T02:00:00Z');
const officer = newId();

function newTicket({ snoozed = false, urgent = false } = {}): Ticket {
  const ticket = Ticket.create({
    id: newId(),
    code: '7K3M-XQ94-HTRJ',
    personId: newId(),
    service: 'nik_kk_sync',
    purpose: 'bank',
    cause: 'other',
    channel: 'counter',
    officeId: newId(),
    statementId: newId(),
    receivedAt: now,
    dueAt: later,
    deadlineAt: null,
    deadlineStated: false,
  });
  if (snoozed) ticket.snooze(later, newId());
  if (urgent) ticket.becomeUrgent();
  return ticket;
}

const pressing: UrgencyJudge = (_, __, flagged) => ({
  reason: flagged ? 'officer_flag' : 'deadline_before_due',
  detail: undefined,
});
const calm: UrgencyJudge = () => null;

it('changes nothing of a ticket that no fact makes urgent, or that is urgent already', () => {
  const regular = newTicket();
  expect(judgeUrgency(regular, calm, now)).toBeNull();
  expect(regular.urgent).toBe(false);
  expect(judgeUrgency(newTicket({ urgent: true }), pressing, now)).toBeNull();
  expect(judgeUrgency(newTicket({ urgent: true }), pressing, now, officer)).toBeNull();
});

it.each([
  // snoozed, urgent before, flagged → alarm and its reason
  [false, false, false, 'deadline_before_due'],
  [false, false, true, 'officer_flag'],
  [true, false, false, null],
  [true, false, true, 'officer_flag'],
  [true, true, true, 'officer_flag'],
])('snoozed %s, urgent %s, flagged %s: the alarm is %s', (snoozed, urgent, flagged, alarm) => {
  const ticket = newTicket({ snoozed, urgent });
  const verdict = judgeUrgency(ticket, pressing, now, flagged ? officer : null);
  expect(verdict?.escalation?.reason ?? null).toBe(alarm);
  expect(verdict?.entry).toEqual({
    kind: 'urgent',
    officerId: flagged ? officer : null,
    data: { reason: flagged ? 'officer_flag' : 'deadline_before_due' },
  });
  expect(ticket.urgent).toBe(true);
  expect(ticket.snoozedUntil).toEqual(snoozed ? later : null);
});

it('writes the figures of a prediction into the history and the alarm', () => {
  const detail = { probability: 0.31, sampleSize: 40, basis: 'nation' };
  const judge: UrgencyJudge = () => ({ reason: 'unlikely_before_deadline', detail });
  const verdict = judgeUrgency(newTicket(), judge, now);
  expect(verdict?.entry.data).toEqual({ reason: 'unlikely_before_deadline', ...detail });
  expect(verdict?.escalation).toMatchObject({ reason: 'unlikely_before_deadline', detail });
});
