import { handoffView, viewHandoff } from '../escalations/escalation-view';
import { isoOrNull, time } from '../http/times';
import { evidence, viewEvidence } from '../tickets/views/evidence-view';
import { revealed } from '../tickets/move-schemas';
import { ticketNotices, viewNotices } from '../tickets/views/notice-views';
import { inCodes } from '../tickets/ticket-history';
import { ticketFields, viewFields } from '../tickets/views/ticket-fields';
import { maskText } from '@sinkron/identity';
import type { OfficeTree } from '@sinkron/offices';
import type { TicketContents, OpenedEscalation, OpenedStatement } from '@sinkron/privacy';
import { channels, statementKinds } from '@sinkron/tickets';
import { z } from 'zod';

const officeCode = z.string().nullable().describe('Code');

/** A statement, in full. */
export const heldStatement = z.object({
  id: z.uuid(),
  kind: z.enum(statementKinds),
  madeAt: time,
  office: officeCode,
  officer: z.uuid().nullable().describe('Null: submitted from outside'),
  channel: z.enum(channels),
  values: revealed.omit({ code: true }).nullable().describe('Null for a note, and once it is wiped'),
  text: z.string().nullable().describe('Of a note; null once it is wiped'),
});

const heldEscalation = z.object({
  id: z.uuid(),
  reason: z.string(),
  state: z.string(),
  openedAt: time,
  acknowledgedAt: time.nullable(),
  resolvedAt: time.nullable(),
  outcome: z.string().nullable(),
  note: z.string().nullable().describe('Identity numbers in it are masked'),
  handoffs: z.array(handoffView),
});

const heldHistory = z.object({
  seq: z.int(),
  at: time,
  kind: z.string(),
  officer: z.uuid().nullable().describe('Null: done by the service itself'),
  statement: z.uuid().nullable().describe('The statement that belongs to it'),
  data: z.record(z.string(), z.unknown()).nullable(),
});

/** Everything that is held on a ticket, each list oldest first. */
export const heldTicket = ticketFields.extend({
  reason: z.string().nullable().describe('What somebody or something gave as the reason why it waits'),
  waitsFor: z.string().nullable().describe('What it waits for, as a code'),
  suspendedAt: time.nullable(),
  knownUntil: time.nullable().describe('Until when it is snoozed'),
  retention: z.object({
    wipeDueAt: time.nullable().describe('When its personal data will be destroyed, as things are now'),
    wipedAt: time.nullable(),
  }),
  statements: z.array(heldStatement),
  evidence,
  history: z.array(heldHistory),
  escalations: z.array(heldEscalation),
  participants: z
    .array(z.object({ office: officeCode, since: time }))
    .describe('Other offices to which the person complained'),
  told: ticketNotices.describe('The consent to notices, and the notices'),
  remembered: z
    .array(z.object({ route: z.string(), answeredAt: time, until: time }))
    .describe('Answers kept for 72 hours, so that a request sent twice counts once; no personal data'),
  cut: z
    .array(z.string())
    .describe('The lists of which only the newest 1,000 rows are here; empty for any ordinary ticket'),
});
type HeldTicket = z.output<typeof heldTicket>;

export function viewHeldTicket(contents: TicketContents, tree: OfficeTree): HeldTicket {
  const { ticket, history, participants, remembered } = contents;
  return {
    ...viewFields(ticket, tree),
    reason: ticket.reason,
    waitsFor: ticket.waitsFor,
    suspendedAt: isoOrNull(ticket.suspendedAt),
    knownUntil: isoOrNull(ticket.snoozedUntil),
    retention: { wipeDueAt: isoOrNull(contents.wipeDueAt), wipedAt: isoOrNull(ticket.wipedAt) },
    statements: contents.statements.map((one) => viewStatement(one, tree)),
    evidence: viewEvidence(contents, ticket.round),
    history: history.map(({ seq, at, kind, officerId, statementId, data }) => ({
      seq,
      at: at.toISOString(),
      kind,
      officer: officerId,
      statement: statementId,
      data: kind === 'transferred' ? inCodes(data, tree) : data,
    })),
    escalations: contents.escalations.map(viewEscalated),
    participants: participants.map(({ officeId, since }) => ({
      office: tree.find(officeId)?.code ?? null,
      since: since.toISOString(),
    })),
    told: viewNotices(contents),
    remembered: remembered.map(({ route, answeredAt, until }) => ({
      route,
      answeredAt: answeredAt.toISOString(),
      until: until.toISOString(),
    })),
    cut: contents.cut,
  };
}

export function viewStatement(
  { statement, values, text }: OpenedStatement,
  tree: OfficeTree,
): z.output<typeof heldStatement> {
  const { id, kind, madeAt, officeId, officerId, channel } = statement;
  const office = tree.find(officeId)?.code ?? null;
  return { id, kind, madeAt: madeAt.toISOString(), office, officer: officerId, channel, values, text };
}

/** What officers wrote about the person, and who confirmed a hand-off: with identity numbers masked. */
function viewEscalated({ escalation, note, handoffs }: OpenedEscalation): z.output<typeof heldEscalation> {
  const { id, reason, state, outcome, openedAt, acknowledgedAt, resolvedAt } = escalation;
  return {
    id,
    reason,
    state,
    outcome,
    openedAt: openedAt.toISOString(),
    acknowledgedAt: isoOrNull(acknowledgedAt),
    resolvedAt: isoOrNull(resolvedAt),
    note: note && maskText(note),
    handoffs: handoffs.map(({ handoff, receipt }) =>
      viewHandoff(handoff, receipt && { who: maskText(receipt.who), how: maskText(receipt.how) }),
    ),
  };
}
