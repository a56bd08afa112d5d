import { chainStart } from '../model/history';
import { Ticket } from '../model/ticket';
import type { Submission } from './submission';

/** A case as its first statement makes it: open, unread, nothing sent, its history still to begin. */
export function newTicket(
  { by, complaint, personId, ticketId, code, statement }: Submission,
  now: Date,
  { deadline, dueAt }: { deadline: Date | null; dueAt: Date },
): Ticket {
  return Object.assign(new Ticket(), {
    id: ticketId,
    code,
    personId,
    service: complaint.service,
    openMarker: 1,
    purpose: complaint.purpose,
    cause: complaint.cause,
    channel: complaint.channel,
    officeId: by.office.id,
    statementId: statement.id,
    state: 'open',
    push: 'waiting',
    verification: 'unread',
    status: 'received',
    reason: null,
    waitsFor: 'waiting_for_hand_over',
    waitingSince: now,
    urgent: false,
    overdue: false,
    round: 1,
    pushes: 0,
    disputed: null,
    receivedAt: now,
    roundAt: now,
    dueAt,
    deadlineAt: deadline,
    deadlineStated: complaint.deadlineAt !== undefined,
    acceptedAt: null,
    pushedAt: null,
    suspendedAt: null,
    closedAt: null,
    heldBy: null,
    snoozedUntil: null,
    snoozeNoteId: null,
    contestedAt: null,
    proofId: null,
    outcome: null,
    wipedAt: null,
    seq: 0,
    headHash: chainStart,
    version: 0,
  } satisfies Ticket);
}
