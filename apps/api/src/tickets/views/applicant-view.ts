import { maskName, maskNumber, maskPhone, sexes } from '@sinkron/identity';
import type { Applicant } from '@sinkron/tickets';
import { z } from 'zod';

/** What a list never shows of an applicant; a new field is named here or gets a mask below, or nothing compiles. */
type HiddenField = 'birthDate' | 'birthPlace' | 'sex' | 'email';

/** An applicant as lists show them. */
export const maskedApplicant = z.object({
  name: z.string().meta({ examples: ['S*** W***'] }),
  nik: z.string().meta({ examples: ['3319********0001'] }),
  kk: z.string(),
  previousKk: z.string().nullable(),
  phone: z.string().nullable(),
} satisfies Record<Exclude<keyof Applicant, HiddenField>, z.ZodType>);

/** The masked fields, as the audit names them. */
export const maskedFields = Object.keys(maskedApplicant.shape).map((name) => `${name}:masked`);

export function maskApplicant(applicant: Applicant): z.output<typeof maskedApplicant> {
  const { name, nik, kk, previousKk, phone } = applicant;
  return {
    name: maskName(name),
    nik: maskNumber(nik),
    kk: maskNumber(kk),
    previousKk: previousKk ? maskNumber(previousKk) : null,
    phone: phone ? maskPhone(phone) : null,
  };
}

/** An applicant in full: for a reveal, and for the export of what is held on a person. */
export const fullApplicant = z.object({
  name: z.string(),
  nik: z.string(),
  kk: z.string(),
  previousKk: z.string().optional(),
  birthDate: z.iso.date(),
  birthPlace: z.string().optional(),
  sex: z.enum(sexes).optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
} satisfies Record<keyof Applicant, z.ZodType>);
