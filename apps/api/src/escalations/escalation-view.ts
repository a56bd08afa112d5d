import type { OfficeTree } from '@sinkron/access';
import {
  type Escalation,
  type EscalationReason,
  type Handoff,
  escalationOutcomes,
  escalationStates,
} from '@sinkron/escalation';
import type { Text } from '@sinkron/observability';
import { z } from 'zod';
import type { Language } from '../tickets/language';
import { nameOffice, officeName } from '../tickets/ticket-view';

const time = z.iso.datetime();

/** Why a person must know, in words. */
const reasons: Record<Exclude<EscalationReason, 'unlikely_before_deadline'>, Text> = {
  overdue: {
    id: 'Sudah lewat 1×24 jam dan pusat belum sesuai.',
    en: '24 hours have passed and the centre does not match yet.',
  },
  officer_flag: { id: 'Ditandai darurat oleh petugas.', en: 'An officer flagged it as urgent.' },
  deadline_before_due: {
    id: 'Pendaftaran pemohon tutup sebelum batas sinkron.',
    en: "The applicant's registration closes before the resync is due.",
  },
  standstill: { id: 'Sudah terlalu lama menunggu.', en: 'It has been standing still too long.' },
  wait_over: {
    id: 'Waktu tunggu yang ditetapkan petugas habis dan laporan belum selesai.',
    en: 'The wait that an officer had set is over and the case is not done.',
  },
  centre_not_taking: {
    id: 'Pusat tidak menerima kiriman konsolidasi kita.',
    en: 'The centre does not take our consolidations.',
  },
  centre_rejects_us: {
    id: 'Pusat menolak akun atau alamat kita.',
    en: 'The centre rejects our account or address.',
  },
  request_invalid: {
    id: 'Pusat menganggap permintaan kita tidak lengkap. Pengelola sistem harus memperbaikinya.',
    en: 'The centre finds our requests incomplete. The operators of the system must mend it.',
  },
  centre_delayed: {
    id: 'Data di pusat jauh lebih lambat berubah daripada biasanya.',
    en: 'Data at the centre change far more slowly than usual.',
  },
  centre_not_answering: {
    id: 'Pusat tidak menjawab pembacaan kita.',
    en: 'The centre does not answer our readings.',
  },
};

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
});
export type EscalationView = z.output<typeof escalationView>;

/** A message to a contact: composed, sent and received are facts that officers state. */
export const handoffView = z.object({
  id: z.uuid(),
  escalation: z.uuid(),
  contact: z.uuid(),
  channel: z.string(),
  state: z.enum(['composed', 'sent', 'received', 'void']),
  composedAt: time,
  sentAt: time.nullable(),
  receiptDueAt: time.nullable().describe('Until when the contact should have confirmed it'),
  receivedAt: time.nullable(),
  voidedAt: time.nullable(),
  receipt: z.object({ who: z.string(), how: z.string() }).nullable(),
});
export type HandoffView = z.output<typeof handoffView>;

/** @param code of the case that it is about */
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
    reasonText: reasonOf(escalation)[language],
    state,
    openedAt: escalation.openedAt.toISOString(),
    acknowledgedAt: escalation.acknowledgedAt?.toISOString() ?? null,
    resolvedAt: escalation.resolvedAt?.toISOString() ?? null,
    outcome,
    note,
    office: officeId ? nameOffice(tree, officeId) : null,
  };
}

/** A probability is told with the number of cases that it rests on. */
function reasonOf({ reason, detail }: Pick<Escalation, 'reason' | 'detail'>): Text {
  if (reason !== 'unlikely_before_deadline') return reasons[reason];
  const percent = Math.round(Number(detail?.probability ?? 0) * 100);
  const cases = detail?.sampleSize ?? '?';
  return {
    id: `Kemungkinan selesai sebelum pendaftaran pemohon tutup hanya ${percent} % (dari ${cases} kasus).`,
    en: `Only ${percent} % likely to be done before the applicant's registration closes (from ${cases} cases).`,
  };
}

export function viewHandoff(handoff: Handoff, receipt: { who: string; how: string } | null): HandoffView {
  const { id, escalationId, contactId, channel, state } = handoff;
  return {
    id,
    escalation: escalationId,
    contact: contactId,
    channel,
    state,
    composedAt: handoff.composedAt.toISOString(),
    sentAt: handoff.sentAt?.toISOString() ?? null,
    receiptDueAt: handoff.receiptDueAt?.toISOString() ?? null,
    receivedAt: handoff.receivedAt?.toISOString() ?? null,
    voidedAt: handoff.voidedAt?.toISOString() ?? null,
    receipt,
  };
}
