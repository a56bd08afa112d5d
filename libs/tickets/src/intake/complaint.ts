import { services } from '../model/services';
import type { Applicant, OptionalField } from '../model/applicant';
import { causes, channels, purposes } from '../model/vocabulary';
import { addressField, noAddress, noticeChannels } from '../notices/notice-channels';
import {
  bareValue,
  compareNik,
  type Finding,
  finding,
  foldPasted,
  judgeKk,
  judgeName,
  normalisePhone,
  parseDate,
  parseNik,
  sexes,
  todayInIndonesia,
} from '@sinkron/identity';
import type { Text } from '@sinkron/observability';
import { z } from 'zod';

/** Something odd that an officer should look at; never a reason to refuse. */
export interface Warning {
  field: string;
  code: string;
  message: Text;
}

type Refinement = z.core.$RefinementCtx;

const control = /[\p{Cc}\p{Cs}]/u;

function refuse(context: Refinement, { code, message }: { code: string; message: Text }): void {
  context.addIssue({ code: 'custom', message: code, params: { code, message } });
}

/** Text that people wrote: line breaks and tabs are fine, other control characters are not. */
export function prose(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .superRefine((text, context) => {
      if (control.test(text.replace(/[\n\r\t]/g, ''))) refuse(context, hasControl);
    });
}

const hasControl = {
  code: 'control_characters',
  message: {
    id: 'Ada karakter yang tidak terbaca; ketik ulang isian ini.',
    en: 'There are unreadable characters; type this again.',
  },
};

// What people paste is folded first, by `bareValue` here and for names and phones where they are judged.

const nik = z
  .string()
  .overwrite(bareValue)
  .superRefine((text, context) => {
    const reading = parseNik(text, today());
    if (!reading.ok) refuse(context, reading.problem);
  });

const kk = z
  .string()
  .overwrite(bareValue)
  .superRefine((text, context) => {
    const judgement = judgeKk(text, { today: today() });
    if (!judgement.ok) refuse(context, judgement.problem);
  });

const name = z.string().transform((text, context) => {
  const judgement = judgeName(text);
  if (judgement.ok) return judgement.name;
  refuse(context, judgement.problem);
  return z.NEVER;
});

const birthDate = z
  .string()
  .overwrite(bareValue)
  .superRefine((text, context) => {
    if (parseDate(text, today()) === null) {
      refuse(context, {
        code: 'date_not_real',
        message: {
          id: 'Tulis tanggal lahir yang ada, seperti 1998-03-31.',
          en: 'Give a real date of birth, like 1998-03-31.',
        },
      });
    }
  });

const birthPlace = prose(100)
  .overwrite(foldPasted)
  .refine((place) => !place.includes('\ufffd'), { params: finding('place_unreadable') });

const email = z
  .string()
  .overwrite(bareValue)
  .pipe(z.email().max(200))
  .meta({ format: 'email', maxLength: 200 });

const phone = z
  .string()
  .max(40)
  .transform((text, context) => {
    const reading = normalisePhone(text);
    if (reading.ok) return reading.e164;
    refuse(context, reading.problem);
    return z.NEVER;
  });

const fields = {
  name: name.meta({ description: 'As on the family card, 1–100 characters', example: 'Sari Wulandari' }),
  nik: nik.meta({ description: 'NIK, 16 digits, as text', examples: ['3319994107980001'] }),
  kk: kk.meta({
    description: 'Number of the newest family card, 16 digits, as text',
    examples: ['3319991502250001'],
  }),
  previousKk: kk
    .optional()
    .meta({ description: 'Number of the family card before it', examples: ['3319990101100001'] }),
  birthDate: birthDate.meta({ description: 'yyyy-mm-dd', examples: ['1998-07-01'] }),
  birthPlace: birthPlace.optional(),
  sex: z.enum(sexes).optional(),
  phone: phone.optional().meta({ description: 'Stored as E.164', example: '+628100000001' }),
  email: email.optional(),
} satisfies Record<keyof Applicant, z.ZodType>;

/** Who the complaint is about. */
export const applicantSchema = z.strictObject(fields).superRefine((applicant, context) => {
  if (applicant.kk !== applicant.nik) return;
  const judgement = judgeKk(applicant.kk, { today: today(), nik: applicant.nik });
  if (!judgement.ok) {
    const { code, message } = judgement.problem;
    context.addIssue({ code: 'custom', path: ['kk'], message: code, params: { code, message } });
  }
});

/** The fields that need not be stated, and that null takes away; the compiler asks for each. */
const takenAway = {
  previousKk: fields.previousKk.nullable(),
  birthPlace: fields.birthPlace.nullable(),
  sex: fields.sex.nullable(),
  phone: fields.phone.nullable(),
  email: fields.email.nullable(),
} satisfies Record<OptionalField, z.ZodNullable>;

/** Any of an applicant's fields, for a correction; null takes away what need not be stated. */
export const correctedFields = z
  .strictObject({ ...fields, ...takenAway })
  .partial()
  .refine((given) => Object.keys(given).length > 0, {
    params: {
      code: 'nothing_given',
      message: { id: 'Sebutkan isian yang dibetulkan.', en: 'Give at least one field to correct.' },
    },
  });

export type CorrectedApplicant = z.output<typeof correctedFields>;

export const instant = z
  .string()
  .overwrite(bareValue)
  .pipe(z.iso.datetime({ offset: true }))
  .refine((text) => /^20\d\d-/.test(text), {
    params: {
      code: 'deadline_year',
      message: {
        id: 'Tahun batas waktu ini tidak masuk akal.',
        en: 'The year of this deadline makes no sense.',
      },
    },
  })
  .transform((text) => new Date(text))
  .meta({ format: 'date-time', description: 'ISO 8601 with a zone', example: '2026-11-25T23:59:00+07:00' });

const complaintFields = z.strictObject({
  service: z.enum(services),
  purpose: z.enum(purposes).default('cpns_sscasn'),
  cause: z.enum(causes),
  channel: z.enum(channels),
  applicant: applicantSchema,
  symptom: prose(500).optional().meta({ description: 'The error text that SSCASN showed' }),
  deadlineAt: instant.optional(),
  urgent: z
    .strictObject({ reason: prose(500) })
    .optional()
    .meta({ description: "An officer's own flag, with the reason" }),
  note: prose(2000).optional(),
  notices: noticeChannels
    .min(1)
    .optional()
    .meta({
      description:
        'The applicant agrees to be told by these, the preferred one first: `whatsapp` needs a phone, `email` an address',
      examples: [['whatsapp']],
    }),
});

/** The body of `POST /v1/tickets` (R1–R4). */
export const complaintSchema = complaintFields.superRefine(({ applicant, notices = [] }, context) => {
  for (const [at, channel] of notices.entries()) {
    if (applicant[addressField[channel]]) continue;
    const { code, message } = noAddress[channel];
    const path = ['notices', at];
    context.addIssue({ code: 'custom', path, message: code, params: { code, message } });
  }
});

export type Complaint = z.output<typeof complaintSchema>;

/** What is odd about a complaint that can stand: typed wrong perhaps, or rightly strange. */
export function complaintWarnings(
  { applicant, deadlineAt }: Pick<Complaint, 'applicant' | 'deadlineAt'>,
  now: Date,
): Warning[] {
  const day = todayInIndonesia(now);
  const warnings: Warning[] = [];
  const add = (field: string, findings: readonly Finding[]) => {
    for (const { code, message } of findings) warnings.push({ field, code, message });
  };
  const reading = parseNik(applicant.nik, day);
  if (reading.ok) {
    add('applicant.nik', reading.warnings);
    add('applicant.nik', compareNik(reading, { birthDate: applicant.birthDate, sex: applicant.sex }));
  }
  const card = judgeKk(applicant.kk, { today: day, nik: applicant.nik, previousKk: applicant.previousKk });
  if (card.ok) add('applicant.kk', card.warnings);
  const judgedName = judgeName(applicant.name);
  if (judgedName.ok) add('applicant.name', judgedName.warnings);
  if (deadlineAt && deadlineAt <= now) warnings.push({ field: 'deadlineAt', ...deadlinePassed });
  return warnings;
}

const deadlinePassed = {
  code: 'deadline_passed',
  message: {
    id: 'Batas waktu ini sudah lewat; periksa lagi tanggalnya.',
    en: 'This deadline has passed; check the date.',
  },
};

function today(): string {
  return todayInIndonesia(new Date());
}
