import type { Language } from '../http/language';
import { predictionView, viewPrediction } from './prediction-words';
import { reasonText } from './reason-text';
import { maskName, maskNumber, maskPhone, maskText } from '@sinkron/identity';
import type { Prediction } from '@sinkron/lag';
import type { OfficeTree } from '@sinkron/offices';
import {
  type Applicant,
  causes,
  channels,
  publicStatuses,
  purposes,
  type ListedTicket,
  services,
  type Statement,
  type Statements,
  type Ticket,
  type Warning,
} from '@sinkron/tickets';
import { z } from 'zod';

const time = z.iso.datetime();
export const officeName = z.object({ code: z.string(), name: z.string() });

export const warningView = z.object({
  field: z.string().meta({ examples: ['applicant.nik'] }),
  code: z.string().meta({ examples: ['nik_birth_date_differs'] }),
  message: z.string(),
});

/** "Known, wait until …" */
export const knownWait = z.object({
  until: time,
  by: z.object({ officer: z.uuid(), office: z.string().nullable() }),
  note: z.string().describe('Identity numbers in it are masked'),
});

/** A case as officers see it. Identity is masked; the full values come by `reveal` alone. */
export const ticketView = z.object({
  code: z.string().meta({ examples: ['7K3M-XQ94-HTRJ'] }),
  service: z.enum(services),
  purpose: z.enum(purposes),
  cause: z.enum(causes),
  channel: z.enum(channels),
  office: officeName.describe('The office that handles it'),
  access: z
    .enum(['owner', 'participant'])
    .describe('A participant reads and writes notes, and makes no moves'),
  status: z.enum(publicStatuses),
  state: z.enum(['open', 'in_review', 'suspended', 'resolved', 'rejected', 'cancelled']),
  delivery: z.enum(['waiting', 'accepted', 'applied', 'refused', 'not_taken']),
  verification: z.enum(['unread', 'mismatch', 'match']),
  reason: z
    .string()
    .nullable()
    .describe('What it waits for, as a code; null when nothing more is to come')
    .meta({ examples: ['waiting_for_resync'] }),
  reasonText: z.string().nullable().describe('The same in words; of a rejected case, why it was'),
  waitingSince: time.nullable().describe('Since when it has this status and waits for this'),
  known: knownWait.nullable().describe('Somebody knows of the wait; nobody is reminded until then'),
  contestedAt: time.nullable().describe('Since when its resolution is being checked again'),
  urgent: z.boolean(),
  overdue: z.boolean(),
  receivedAt: time,
  dueAt: time,
  deadlineAt: time.nullable().describe("When the applicant's own registration closes"),
  acceptedAt: time.nullable().describe('When the centre first accepted a push in this round'),
  prediction: predictionView.nullable().describe('Null for a closed case'),
  closedAt: time.nullable(),
  outcome: z.string().nullable(),
  resolvedInSeconds: z.int().nullable().describe('From the accepted push to the proof'),
  round: z.int(),
  pushes: z.int(),
  repeatCount: z.int(),
  disputed: z.array(z.string()).nullable().describe('The fields that mismatched in the first reading'),
  applicant: z
    .object({
      name: z.string().meta({ examples: ['S*** W***'] }),
      nik: z.string().meta({ examples: ['3319********0001'] }),
      kk: z.string(),
      previousKk: z.string().nullable(),
      phone: z.string().nullable(),
    })
    .nullable()
    .describe('Masked; null once the case is wiped'),
  wipedAt: time.nullable().describe('When its personal data were destroyed; its figures and history stay'),
});
export type TicketView = z.output<typeof ticketView>;

const maskedFields = Object.keys(ticketView.shape.applicant.unwrap().shape).map((name) => `${name}:masked`);

/** The personal fields that views of these cases show, as the audit names them. */
export function shownFields(cases: readonly ListedTicket[]): string[] {
  if (cases.length === 0) return [];
  return cases.some(({ snooze: known }) => known) ? [...maskedFields, 'known.note:masked'] : maskedFields;
}

/** What a case is shown with. */
export interface Shown {
  tree: OfficeTree;
  language: Language;
  noteText: Statements['noteText'];
  /** Of this moment. */
  predictions: { now: Date; of: (ticket: ListedTicket['ticket']) => Prediction | null };
}

/** Shows a case to an officer of this access, in this language. */
export function viewTicket(
  { ticket, values, repeatCount, snooze: known, owned }: ListedTicket & { owned: boolean },
  { tree, language, predictions, noteText }: Shown,
): TicketView {
  const { code, service, purpose, cause, channel, status, state, push: delivery, verification } = ticket;
  const { waitsFor, urgent, overdue, outcome, round, pushes, disputed, acceptedAt, closedAt } = ticket;
  const resolvedIn =
    state === 'resolved' && acceptedAt && closedAt ? closedAt.getTime() - acceptedAt.getTime() : null;
  return {
    code,
    service,
    purpose,
    cause,
    channel,
    office: nameOffice(tree, ticket.officeId),
    access: owned ? 'owner' : 'participant',
    status,
    state,
    delivery,
    verification,
    reason: waitsFor,
    reasonText: reasonText(ticket)?.[language] ?? null,
    waitingSince: ticket.waitingSince?.toISOString() ?? null,
    known: viewKnown(ticket, known, { tree, noteText }),
    contestedAt: ticket.contestedAt?.toISOString() ?? null,
    urgent,
    overdue,
    receivedAt: ticket.receivedAt.toISOString(),
    dueAt: ticket.dueAt.toISOString(),
    deadlineAt: ticket.deadlineAt?.toISOString() ?? null,
    acceptedAt: acceptedAt?.toISOString() ?? null,
    prediction: viewPrediction(predictions.of(ticket), {
      now: predictions.now,
      zone: tree.find(ticket.officeId)?.zone ?? 'Asia/Jakarta',
      language,
    }),
    closedAt: closedAt?.toISOString() ?? null,
    outcome,
    resolvedInSeconds: resolvedIn === null ? null : Math.round(resolvedIn / 1000),
    round,
    pushes,
    repeatCount,
    disputed,
    applicant: values && viewApplicant(values.applicant),
    wipedAt: ticket.wipedAt?.toISOString() ?? null,
  };
}

function viewApplicant({ name, nik, kk, previousKk, phone }: Applicant): TicketView['applicant'] {
  return {
    name: maskName(name),
    nik: maskNumber(nik),
    kk: maskNumber(kk),
    previousKk: previousKk ? maskNumber(previousKk) : null,
    phone: phone ? maskPhone(phone) : null,
  };
}

/** Who knows of a wait until when; null when nobody does. */
export function viewKnown(
  { snoozedUntil: knownUntil }: Pick<Ticket, 'snoozedUntil'>,
  known: Statement | null,
  { tree, noteText }: { tree: OfficeTree; noteText: Statements['noteText'] },
): z.output<typeof knownWait> | null {
  if (!knownUntil || !known) return null;
  const by = { officer: known.officerId, office: tree.find(known.officeId)?.code ?? null };
  const note = noteText(known);
  return note === null ? null : { until: knownUntil.toISOString(), by, note: maskText(note) };
}

export function nameOffice(tree: OfficeTree, id: string): z.output<typeof officeName> {
  const office = tree.find(id);
  return { code: office?.code ?? '', name: office?.name ?? '' };
}

/** Warnings in the caller's own language. */
export function viewWarnings(warnings: Warning[], language: Language): z.output<typeof warningView>[] {
  return warnings.map(({ field, code, message }) => ({ field, code, message: message[language] }));
}
