import type { OfficeTree } from '@sinkron/access';
import { maskName, maskNumber, maskPhone } from '@sinkron/identity';
import {
  type ReadCase,
  type Warning,
  causes,
  channels,
  publicStatuses,
  purposes,
  services,
} from '@sinkron/tickets';
import { z } from 'zod';
import type { Language } from './language';
import { reasonText } from './reasons';

const time = z.iso.datetime();
export const officeName = z.object({ code: z.string(), name: z.string() });

export const warningView = z.object({
  field: z.string().meta({ examples: ['applicant.nik'] }),
  code: z.string().meta({ examples: ['nik_birth_date_differs'] }),
  message: z.string(),
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
  reason: z.string().nullable().describe('Why it waits or rests, as a code'),
  reasonText: z.string().nullable().describe('The same in words'),
  urgent: z.boolean(),
  overdue: z.boolean(),
  receivedAt: time,
  dueAt: time,
  deadlineAt: time.nullable().describe("When the applicant's own registration closes"),
  acceptedAt: time.nullable().describe('When the centre first accepted a push in this round'),
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
    .describe('Masked'),
});
export type TicketView = z.output<typeof ticketView>;

/** Shows a case to an officer of this access, in this language. */
export function viewTicket(
  { ticket, values, repeatCount, owned }: ReadCase & { owned: boolean },
  { tree, language }: { tree: OfficeTree; language: Language },
): TicketView {
  const { name, nik, kk, previousKk, phone } = values.applicant;
  const { code, service, purpose, cause, channel, status, state, delivery, verification } = ticket;
  const { reason, urgent, overdue, outcome, round, pushes, disputed, acceptedAt, closedAt } = ticket;
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
    reason,
    reasonText: reasonText(ticket)?.[language] ?? null,
    urgent,
    overdue,
    receivedAt: ticket.receivedAt.toISOString(),
    dueAt: ticket.dueAt.toISOString(),
    deadlineAt: ticket.deadlineAt?.toISOString() ?? null,
    acceptedAt: acceptedAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    outcome,
    resolvedInSeconds: resolvedIn === null ? null : Math.round(resolvedIn / 1000),
    round,
    pushes,
    repeatCount,
    disputed,
    applicant: {
      name: maskName(name),
      nik: maskNumber(nik),
      kk: maskNumber(kk),
      previousKk: previousKk ? maskNumber(previousKk) : null,
      phone: phone ? maskPhone(phone) : null,
    },
  };
}

export function nameOffice(tree: OfficeTree, id: string): z.output<typeof officeName> {
  const office = tree.find(id);
  return { code: office?.code ?? '', name: office?.name ?? '' };
}

/** Warnings in the caller's own language. */
export function viewWarnings(warnings: Warning[], language: Language): z.output<typeof warningView>[] {
  return warnings.map(({ field, code, message }) => ({ field, code, message: message[language] }));
}
