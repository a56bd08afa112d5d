import { email, personName, phone } from '@sinkron/accounts';
import { foldPasted } from '@sinkron/identity';
import { refinement } from '@sinkron/observability';
import { officeCode } from '@sinkron/offices';
import { z } from 'zod';

const duty = z
  .string()
  .overwrite(foldPasted)
  .trim()
  .refine(
    (text) => /^[^\p{Cc}\p{Cf}\p{Cs}\ufffd]{1,100}$/u.test(text),
    refinement(
      'role_format',
      'Tugas: 1–100 karakter tanpa tanda yang rusak (�).',
      'The role has 1–100 characters and no broken (�) signs.',
    ),
  )
  .describe('What the contact does there, in words');

/** A new contact, in JSON or as a line of CSV. */
export const contactInput = z.strictObject({
  office: officeCode.describe('Code of the office, province or nation where the contact works'),
  name: personName,
  phone,
  email: email.optional(),
  role: duty.optional(),
});
export type ContactInput = z.output<typeof contactInput>;

/** A disabled contact gets no new hand-offs. */
export const contactChanges = z
  .strictObject({ name: personName, phone, email, role: duty, disabled: z.boolean() })
  .partial();
export type ContactChanges = z.output<typeof contactChanges>;
