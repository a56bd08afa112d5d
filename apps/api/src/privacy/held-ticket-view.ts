import { handoffView, viewHandoff } from '../escalations/escalation-view';
import { evidence, viewEvidence } from '../tickets/evidence-view';
import { revealed } from '../tickets/move-schemas';
import { ticketNotices, viewNotices } from '../tickets/notice-views';
import { inCodes } from '../tickets/ticket-history';
import { nameOffice, officeName } from '../tickets/ticket-view';
import { maskText } from '@sinkron/identity';
import type { OfficeTree } from '@sinkron/offices';
import type { TicketContents, OpenedEscalation, OpenedStatement } from '@sinkron/privacy';
import { causes, channels, publicStatuses, purposes, services } from '@sinkron/tickets';
import { z } from 'zod';

const time = z.iso.datetime();
const officeCode = z.string().nullable().describe('Code');

/** What somebody said, in full. */
export const heldStatement = z.object({
  id: z.uuid(),
  kind: z.enum(['first', 'repeat', 'correction', 'note']),
  madeAt: time,
  office: officeCode,
  officer: z.uuid(),
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
  statement: z.uuid().nullable().describe('What was said with it'),
  data: z.record(z.string(), z.unknown()).nullable(),
});

/** Everything that is held on a case, each list oldest first. */
export const heldTicket = z.object({
  code: z.string().meta({ examples: ['7K3M-XQ94-HTRJ'] }),
  service: z.enum(services),
  purpose: z.enum(purposes),
  cause: z.enum(causes),
  channel: z.enum(channels),
  office: officeName,
  status: z.enum(publicStatuses),
  state: z.string(),
  delivery: z.string(),
  verification: z.string(),
  reason: z.string().nullable(),
  waitsFor: z.string().nullable(),
  outcome: z.string().nullable(),
  urgent: z.boolean(),
  overdue: z.boolean(),
  round: z.int(),
  pushes: z.int(),
  disputed: z.array(z.string()).nullable(),
  receivedAt: time,
  dueAt: time,
  deadlineAt: time.nullable(),
  acceptedAt: time.nullable(),
  suspendedAt: time.nullable(),
  knownUntil: time.nullable(),
  contestedAt: time.nullable(),
  closedAt: time.nullable(),
  retention: z.object({
    wipeDueAt: time.nullable().describe('When its personal data are destroyed, as it stands now'),
    wipedAt: time.nullable(),
  }),
  statements: z.array(heldStatement),
  evidence,
  history: z.array(heldHistory),
  escalations: z.array(heldEscalation),
  participants: z
    .array(z.object({ office: officeCode, since: time }))
    .describe('Other offices to which the person complained'),
  told: ticketNotices.describe('By what the person agreed to be told, and what they were told'),
  remembered: z
    .array(z.object({ route: z.string(), answeredAt: time, until: time }))
    .describe('Answers kept for 72 hours, so that a request sent twice counts once; no personal data'),
  cut: z
    .array(z.string())
    .describe('The lists of which only the newest 1,000 rows are here; empty for any ordinary case'),
});
type HeldTicket = z.output<typeof heldTicket>;

export function viewHeldTicket(contents: TicketContents, tree: OfficeTree): HeldTicket {
  const { ticket, history, participants, remembered } = contents;
  const { code, service, purpose, cause, channel, status, state, push: delivery, verification } = ticket;
  const { reason, waitsFor, outcome, urgent, overdue, round, pushes, disputed } = ticket;
  return {
    code,
    service,
    purpose,
    cause,
    channel,
    status,
    state,
    delivery,
    verification,
    reason,
    waitsFor,
    outcome,
    urgent,
    overdue,
    round,
    pushes,
    disputed,
    office: nameOffice(tree, ticket.officeId),
    receivedAt: ticket.receivedAt.toISOString(),
    dueAt: ticket.dueAt.toISOString(),
    deadlineAt: iso(ticket.deadlineAt),
    acceptedAt: iso(ticket.acceptedAt),
    suspendedAt: iso(ticket.suspendedAt),
    knownUntil: iso(ticket.snoozedUntil),
    contestedAt: iso(ticket.contestedAt),
    closedAt: iso(ticket.closedAt),
    retention: { wipeDueAt: iso(contents.wipeDueAt), wipedAt: iso(ticket.wipedAt) },
    statements: contents.statements.map((one) => viewStatement(one, tree)),
    evidence: viewEvidence(contents, round),
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

/** Words about the person that others wrote down, and who confirmed: with identity numbers masked. */
function viewEscalated({ escalation, note, handoffs }: OpenedEscalation): z.output<typeof heldEscalation> {
  const { id, reason, state, outcome, openedAt, acknowledgedAt, resolvedAt } = escalation;
  return {
    id,
    reason,
    state,
    outcome,
    openedAt: openedAt.toISOString(),
    acknowledgedAt: iso(acknowledgedAt),
    resolvedAt: iso(resolvedAt),
    note: note && maskText(note),
    handoffs: handoffs.map(({ handoff, receipt }) =>
      viewHandoff(handoff, receipt && { who: maskText(receipt.who), how: maskText(receipt.how) }),
    ),
  };
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
