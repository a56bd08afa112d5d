import type { Language } from '../http/language';
import { nameOffice, officeName } from '../tickets/views/ticket-fields';
import {
  type Escalation,
  escalationOutcomes,
  escalationStates,
  type Confirmation,
  type Handoff,
  handoffStates,
  reasonText,
} from '@sinkron/escalation';
import type { OfficeTree } from '@sinkron/offices';
import { z } from 'zod';

const time = z.iso.datetime();

/** `notified` and `unanswered` are parts of the state `open`, `received` of `handed_off`. */
const stages = [
  'open',
  'notified',
  'unanswered',
  'acknowledged',
  'handed_off',
  'received',
  'resolved',
] as const;

/** An escalation as lists show it. */
export const escalationView = z.object({
  id: z.uuid(),
  subject: z.union([
    z.object({ kind: z.literal('case'), ticket: z.string().meta({ examples: ['7K3M-XQ94-HTRJ'] }) }),
    z.object({ kind: z.literal('incident'), incident: z.string().meta({ examples: ['centre_not_taking'] }) }),
  ]),
  reason: z.string(),
  reasonText: z.string(),
  state: z.enum(escalationStates),
  openedAt: time,
  acknowledgedAt: time.nullable(),
  resolvedAt: time.nullable(),
  outcome: z.enum(escalationOutcomes).nullable(),
  note: z.string().nullable(),
  office: officeName.nullable().describe('Null for an incident, which concerns every office'),
  stage: z.enum(stages).describe('The state in more detail than `state`'),
  notifiedAt: time.nullable().describe('When somebody was first asked'),
  unansweredAt: time.nullable().describe('When everybody had been asked in vain'),
  acknowledgedBy: z.uuid().nullable().describe('Id of the officer who has it'),
  heldUntil: time.nullable().describe('Until then whoever has it must act, or somebody else is asked'),
  receivedAt: time.nullable().describe('When the centre confirmed that it has it'),
  deadlineAt: time.nullable().describe("The applicant's own deadline, as it stood at the opening"),
});
export type EscalationView = z.output<typeof escalationView>;

/** A message to a contact; officers state that it was sent and received. */
export const handoffView = z.object({
  id: z.uuid(),
  bundle: z.uuid().describe('Id of the message; the hand-offs of one message have the same'),
  escalation: z.uuid(),
  contact: z.uuid(),
  channel: z.string(),
  state: z.enum(handoffStates),
  composedAt: time,
  sentAt: time.nullable(),
  receiptDueAt: time.nullable().describe('Until when the contact should have confirmed it'),
  receivedAt: time.nullable(),
  voidedAt: time.nullable(),
  receipt: z.object({ who: z.string(), how: z.string() }).nullable(),
  viewedAt: time.nullable().describe('When the full numbers were looked at by the link of the message'),
});
export type HandoffView = z.output<typeof handoffView>;

/** @param code of the ticket that it is about */
export function viewEscalation(
  escalation: Escalation,
  {
    code,
    note,
    tree,
    language,
  }: { code: string | undefined; note: string | null; tree: OfficeTree; language: Language },
): EscalationView {
  const { id, incident, reason, state, outcome, officeId } = escalation;
  return {
    id,
    subject: incident ? { kind: 'incident', incident } : { kind: 'case', ticket: code ?? '' },
    reason,
    reasonText: reasonText(escalation)[language],
    state,
    openedAt: escalation.openedAt.toISOString(),
    acknowledgedAt: escalation.acknowledgedAt?.toISOString() ?? null,
    resolvedAt: escalation.resolvedAt?.toISOString() ?? null,
    outcome,
    note,
    office: officeId ? nameOffice(tree, officeId) : null,
    stage: stageOf(escalation),
    notifiedAt: escalation.notifiedAt?.toISOString() ?? null,
    unansweredAt: escalation.unansweredAt?.toISOString() ?? null,
    acknowledgedBy: escalation.acknowledgedBy,
    heldUntil: escalation.heldUntil?.toISOString() ?? null,
    receivedAt: escalation.receivedAt?.toISOString() ?? null,
    deadlineAt: escalation.deadlineAt?.toISOString() ?? null,
  };
}

function stageOf({ state, notifiedAt, unansweredAt, receivedAt }: Escalation): (typeof stages)[number] {
  if (state === 'handed_off') return receivedAt ? 'received' : 'handed_off';
  if (state !== 'open') return state;
  if (unansweredAt) return 'unanswered';
  return notifiedAt ? 'notified' : 'open';
}

export function viewHandoff(handoff: Handoff, receipt: Confirmation | null): HandoffView {
  const { id, bundleId, escalationId, contactId, channel, state } = handoff;
  return {
    id,
    bundle: bundleId,
    escalation: escalationId,
    contact: contactId,
    channel,
    state,
    composedAt: handoff.composedAt.toISOString(),
    sentAt: handoff.sentAt?.toISOString() ?? null,
    receiptDueAt: handoff.confirmationDueAt?.toISOString() ?? null,
    receivedAt: handoff.receivedAt?.toISOString() ?? null,
    voidedAt: handoff.voidedAt?.toISOString() ?? null,
    receipt,
    viewedAt: handoff.viewedAt?.toISOString() ?? null,
  };
}
