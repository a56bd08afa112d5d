import type { Applicant } from '../model/applicant';
import type { Id } from '@sinkron/database';
import { givenAddresses, type PersonChannel, personChannels, type Recipient } from '@sinkron/messaging';
import { type Text, refinement } from '@sinkron/observability';
import { z } from 'zod';

/** The applicant of a ticket, to whom its notices go. */
export function applicantOf(ticketId: Id): Recipient {
  return { kind: 'ticket', id: ticketId };
}

/** Where an applicant is reached by a channel. */
export const addressField = { whatsapp: 'phone', email: 'email' } as const satisfies Record<
  PersonChannel,
  keyof Applicant
>;

/** The channels by which an applicant wants to be told, the preferred one first. */
export const noticeChannels = z
  .array(z.enum(personChannels))
  .refine(
    (chosen) => new Set(chosen).size === chosen.length,
    refinement('named_twice', 'Sebut setiap saluran satu kali saja.', 'Name each channel only once.'),
  )
  .meta({ uniqueItems: true });

/** That an applicant cannot be told by a channel, and how to correct that. */
export const noAddress: Record<PersonChannel, { code: string; message: Text }> = {
  whatsapp: {
    code: 'needs_phone',
    message: {
      id: 'Kabar lewat WhatsApp perlu nomor telepon pemohon (applicant.phone): isi, atau betulkan lewat corrections bila laporan sudah ada.',
      en: "Notices by WhatsApp need the applicant's phone (applicant.phone): give it, or correct the ticket if it exists already.",
    },
  },
  email: {
    code: 'needs_email',
    message: {
      id: 'Kabar lewat e-mail perlu alamat e-mail pemohon (applicant.email): isi, atau betulkan lewat corrections bila laporan sudah ada.',
      en: "Notices by e-mail need the applicant's address (applicant.email): give it, or correct the ticket if it exists already.",
    },
  },
};

/** The addresses that were stated, by channel. */
export function addressesOf(applicant: Applicant): Partial<Record<PersonChannel, string>> {
  return givenAddresses({ whatsapp: applicant.phone, email: applicant.email });
}
