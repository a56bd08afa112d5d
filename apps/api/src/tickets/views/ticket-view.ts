import type { Language } from '../../http/language';
import { isoOrNull, time } from '../../http/times';
import { maskApplicant, maskedApplicant, maskedFields } from './applicant-view';
import { predictionView, viewPrediction } from './prediction-words';
import { snoozeField, snoozeView, viewSnooze } from './snooze-view';
import { ticketFields, viewFields } from './ticket-fields';
import type { Prediction } from '@sinkron/lag';
import type { OfficeTree } from '@sinkron/offices';
import {
  type ListedTicket,
  reasonTextOf,
  type Statements,
  type Ticket,
  type Warning,
} from '@sinkron/tickets';
import { z } from 'zod';

/** A ticket as officers see it. Identity is masked; the full values come by `reveal` alone. */
export const ticketView = ticketFields.extend({
  access: z
    .enum(['owner', 'participant'])
    .describe('A participant reads and writes notes, and makes no moves'),
  reason: z
    .string()
    .nullable()
    .describe('What it waits for, as a code; null when nothing more is to come')
    .meta({ examples: ['waiting_for_resync'] }),
  reasonText: z.string().nullable().describe('The same in words; of a rejected ticket, why it was'),
  waitingSince: time.nullable().describe('Since when it has this status and waits for this'),
  known: snoozeView
    .nullable()
    .describe('It is snoozed: somebody knows that it waits, and nobody is reminded'),
  prediction: predictionView.nullable().describe('Null for a closed ticket'),
  resolvedInSeconds: z.int().nullable().describe('From the accepted push to the proof'),
  repeatCount: z.int(),
  applicant: maskedApplicant.nullable().describe('Masked; null once the ticket is wiped'),
  wipedAt: time.nullable().describe('When its personal data were destroyed; its figures and history stay'),
});
export type TicketView = z.output<typeof ticketView>;

/** The personal fields that views of these tickets show, as the audit names them. */
export function shownFields(tickets: readonly ListedTicket[]): string[] {
  if (tickets.length === 0) return [];
  return tickets.some(({ snooze }) => snooze) ? [...maskedFields, snoozeField] : maskedFields;
}

/** What a view needs besides the ticket. */
export interface Shown {
  tree: OfficeTree;
  language: Language;
  noteText: Statements['noteText'];
  /** As of now. */
  predictions: { now: Date; of: (ticket: ListedTicket['ticket']) => Prediction | null };
}

/** @param owned whether the reader's office handles it; otherwise it only takes part */
export function viewTicket(
  { ticket, values, repeatCount, snooze, owned }: ListedTicket & { owned: boolean },
  { tree, language, predictions, noteText }: Shown,
): TicketView {
  return {
    ...viewFields(ticket, tree),
    access: owned ? 'owner' : 'participant',
    reason: ticket.waitsFor,
    reasonText: reasonTextOf(ticket)?.[language] ?? null,
    waitingSince: isoOrNull(ticket.waitingSince),
    known: viewSnooze(ticket, snooze, { tree, noteText }),
    prediction: viewPrediction(predictions.of(ticket), {
      now: predictions.now,
      zone: tree.find(ticket.officeId)?.zone ?? 'Asia/Jakarta',
      language,
    }),
    resolvedInSeconds: resolvedInSeconds(ticket),
    repeatCount,
    applicant: values && maskApplicant(values.applicant),
    wipedAt: isoOrNull(ticket.wipedAt),
  };
}

function resolvedInSeconds({ state, acceptedAt, closedAt }: Ticket): number | null {
  if (state !== 'resolved' || !acceptedAt || !closedAt) return null;
  return Math.round((closedAt.getTime() - acceptedAt.getTime()) / 1000);
}

/** What is odd about a complaint, and no reason to refuse it. */
export const warningView = z.object({
  field: z.string().meta({ examples: ['applicant.nik'] }),
  code: z.string().meta({ examples: ['nik_birth_date_differs'] }),
  message: z.string(),
});

/** Warnings in the caller's own language. */
export function viewWarnings(warnings: Warning[], language: Language): z.output<typeof warningView>[] {
  return warnings.map(({ field, code, message }) => ({ field, code, message: message[language] }));
}
