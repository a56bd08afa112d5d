import { fullApplicant } from './views/applicant-view';
import { bareValue } from '@sinkron/identity';
import { officeCode } from '@sinkron/offices';
import {
  channels,
  confirmedDocuments,
  correctedFields,
  documentKinds,
  instant,
  prose,
  purposes,
  rejections,
  suspensions,
} from '@sinkron/tickets';
import { z } from 'zod';

const future = z
  .string()
  .overwrite(bareValue)
  .pipe(z.iso.datetime({ offset: true }))
  .transform((text) => new Date(text))
  .meta({ format: 'date-time' })
  .describe("ISO 8601 with a zone; at most 7 days ahead, and not past the applicant's own deadline");

/** The bodies of the moves. Where nothing is required, the body may be empty. */

const note = prose(2000).optional().describe('Free text, kept with the ticket');
const reason = prose(500).describe('Why, in your own words; kept with the ticket');

export const suspension = z
  .strictObject({
    reason: z.enum(suspensions),
    documents: z
      .array(z.enum(documentKinds))
      .min(1)
      .max(documentKinds.length)
      .optional()
      .describe('What is missing, for the notice to the applicant; the note is never sent'),
    note,
  })
  .meta({
    example: {
      reason: 'requirements_unmet',
      documents: ['family_card'],
      note: 'Fotokopi KK terbaru menyusul.',
    },
  });

export const rejection = z
  .strictObject({ reason: z.enum(rejections), note })
  .meta({ example: { reason: 'wrong_line', note: 'Permohonan cetak KTP, diarahkan ke loket 2.' } });

export const noteOnly = z
  .strictObject({ note })
  .default({})
  .meta({ example: { note: 'Pemohon sudah datang lagi.' } });

export const reasonOnly = z
  .strictObject({ reason })
  .meta({ example: { reason: 'Pendaftaran pemohon tutup malam ini.' } });

export const knownUntil = z.strictObject({ until: future, reason }).meta({
  example: { until: '2026-11-24T08:00:00+07:00', reason: 'Pusat memberi tahu gangguan sampai besok.' },
});

export const contest = z
  .strictObject({ reason })
  .meta({ example: { reason: 'Pemohon masih ditolak SSCASN dengan KK terbaru.' } });

export const correction = z
  .strictObject({
    applicant: correctedFields.optional(),
    purpose: z
      .enum(purposes)
      .optional()
      .describe('What it is for; where no deadline was stated, the closing day of the new purpose counts'),
    deadlineAt: instant
      .nullable()
      .optional()
      .describe(
        "When the applicant's registration closes, later or earlier than was stated; null: nothing was stated",
      ),
    channel: z.enum(channels).optional().describe('By which the correction came; else that of the ticket'),
    note,
  })
  .refine((given) => ['applicant', 'purpose', 'deadlineAt'].some((field) => field in given), {
    path: ['applicant'],
    params: {
      code: 'nothing_given',
      message: {
        id: 'Sebutkan yang dibetulkan: applicant, purpose, atau deadlineAt.',
        en: 'Give what is to be corrected: applicant, purpose or deadlineAt.',
      },
    },
  })
  .meta({ example: { applicant: { kk: '3319991502250002' }, note: 'Salah ketik nomor KK.' } });

export const confirmation = z
  .strictObject({
    document: z.enum(confirmedDocuments).describe('The paper that was seen'),
    note: prose(2000).describe('What it shows, in your own words; kept with the ticket'),
  })
  .meta({ example: { document: 'kk', note: 'KK asli terbit 15-02-2025, NIK dan nama terbaca jelas.' } });

const otherCode = z.string().min(1).max(100).describe('The code of the other ticket');

export const merge = z
  .strictObject({ into: otherCode, note })
  .meta({ example: { into: '7K3M-XQ94-HTRJ', note: 'Orang yang sama; nama salah ketik.' } });

export const link = z
  .strictObject({ ticket: otherCode, note })
  .meta({ example: { ticket: '7K3M-XQ94-HTRJ', note: 'Satu orang dengan dua NIK; KTP dan KK diperiksa.' } });

export const transfer = z
  .strictObject({ office: officeCode, reason })
  .meta({ example: { office: '3509', reason: 'Pemohon sudah pindah ke Jember.' } });

export const newNote = z
  .strictObject({ text: prose(2000) })
  .meta({ example: { text: 'Pemohon dihubungi, akan datang besok.' } });

/** The full values, as they were stated last, for the answer of `reveal`. */
export const revealed = z.object({
  code: z.string(),
  applicant: fullApplicant,
  symptom: z.string().optional(),
  note: z.string().optional(),
  urgentReason: z.string().optional(),
});
