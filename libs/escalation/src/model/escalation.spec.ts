import { Escalation } from './escalation';

const now = new Date('2026-11-23T03:00:00Z');
const later = new Date('2026-11-23T04:00:00Z');
const [ticketId, officeId, officerId] = [1, 2, 3].map((n) => `019a0000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];

let escalation: Escalation;
beforeEach(() => {
  const subject = { ticketId, code: '7K3M-XQ94-HTRJ', officeId, deadlineAt: null };
  escalation = Escalation.ofTicket(now, { ...subject, reason: 'overdue' });
});

it('opens with the ladder before its first step', () => {
  expect(escalation).toMatchObject({ state: 'open', openMarker: 1, incident: null, runNo: 0, stepNo: 0 });
  const incident = Escalation.ofIncident(now, 'centre_delayed', '33', { matched: 0 });
  expect(incident).toMatchObject({ incident: 'centre_delayed@33', reason: 'centre_delayed', ticketId: null });
});

it('forgets who had it, and what was asked, when it is opened again', () => {
  escalation.stepNo = 2;
  escalation.unansweredAt = now;
  escalation.acknowledge(now, officerId, later);
  expect(escalation).toMatchObject({ state: 'acknowledged', acknowledgedBy: officerId, heldUntil: later });
  escalation.confirm(now, later);
  escalation.reopen();
  expect(escalation).toMatchObject({
    state: 'open',
    acknowledgedAt: null,
    acknowledgedBy: null,
    heldUntil: null,
    receivedAt: null,
    stepNo: 0,
    unansweredAt: null,
  });
});

it('awaits the confirmation of the latest hand-off, and then the outcome', () => {
  escalation.confirm(now, later);
  escalation.handOff(later);
  expect(escalation).toMatchObject({ state: 'handed_off', receivedAt: null, heldUntil: later });
  escalation.confirm(later, later);
  expect(escalation).toMatchObject({ state: 'handed_off', receivedAt: later });
});

it('asks everybody again for a more urgent reason, unless somebody acts on it', () => {
  escalation.stepNo = 2;
  escalation.makeMoreUrgent('deadline_before_due', later);
  expect(escalation).toMatchObject({ reason: 'deadline_before_due', deadlineAt: later, stepNo: 0 });
  escalation.stepNo = 2;
  escalation.acknowledge(now, officerId, later);
  escalation.makeMoreUrgent('officer_flag', null);
  expect(escalation).toMatchObject({ reason: 'officer_flag', deadlineAt: later, stepNo: 2 });
});

it('leaves its subject free for another one when it ends', () => {
  escalation.acknowledge(now, officerId, later);
  escalation.end(later, 'fixed_at_centre', officerId);
  expect(escalation).toMatchObject({
    state: 'resolved',
    openMarker: null,
    heldUntil: null,
    resolvedAt: later,
  });
});
