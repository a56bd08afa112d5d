import { officeName } from './views/ticket-fields';
import { warningView } from './views/ticket-view';
import { pageQuery } from '@sinkron/database';
import { officeCode } from '@sinkron/offices';
import { applicantSchema, channels, complaintSchema, publicStatuses, purposes } from '@sinkron/tickets';
import { z } from 'zod';

/** A synthetic person, for examples that work when they are pasted. */
export const exampleApplicant = {
  name: 'Melati Pertiwi',
  nik: '3319994107980001',
  kk: '3319991502250001',
  previousKk: '3319990101100001',
  birthDate: '1998-07-01',
  birthPlace: 'Kudus',
  sex: 'F',
  phone: '+628100000001',
};

/** The body of `POST /v1/tickets`, with one that works when it is pasted. */
export const complaint = complaintSchema.meta({
  example: {
    service: 'nik_kk_sync',
    purpose: 'cpns_sscasn',
    cause: 'kk_changed_not_synced',
    channel: 'counter',
    applicant: exampleApplicant,
    symptom: 'NIK dan nomor KK tidak sesuai',
    notices: ['whatsapp'],
  },
});

/** The answer to a complaint. */
export const intakeAnswer = z.object({
  code: z.string().meta({ examples: ['7K3M-XQ94-HTRJ'] }),
  status: z.enum(publicStatuses),
  office: officeName.describe('The office that handles it'),
  repeat: z.boolean().describe('The person has an open ticket already; this was filed under it'),
  repeatCount: z.int(),
  warnings: z.array(warningView),
  urgent: z
    .boolean()
    .optional()
    .describe('Absent, like the fields after it, when another office handles the ticket'),
  dueAt: z.iso.datetime().optional(),
  receipt: z.string().optional().describe('The applicant receipt, in plain Indonesian, to print or send'),
});

export const ticketQuery = pageQuery.extend({
  status: z.enum(publicStatuses).optional(),
  urgent: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  purpose: z.enum(purposes).optional(),
  channel: z.enum(channels).optional(),
  office: officeCode
    .optional()
    .describe('Code of an office in your scope, or of a province or the nation for all below it'),
});

const { nik, kk, phone } = applicantSchema.shape;

/** Numbers of people are sent in a body, never in an address, where logs would keep them. */
export const searchBody = z
  .strictObject({ nik: nik.optional(), kk: kk.optional(), phone: phone.optional() })
  .refine((wanted) => Object.values(wanted).some((value) => value !== undefined), {
    params: {
      code: 'nothing_given',
      message: { id: 'Isi nik, kk, atau phone.', en: 'Give nik, kk or phone.' },
    },
  })
  .meta({ example: { nik: '3319994107980001' } });
