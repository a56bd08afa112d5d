import { z } from 'zod';
import { officeLevels, zones } from './office';
import { foldOfficeCode } from './office-code';
import { foldPasted } from '@sinkron/identity';
import { refinement } from '@sinkron/observability';

/** `33.23` is read as `3323`. */
export const officeCode = z
  .string()
  .overwrite(foldOfficeCode)
  .refine(
    (code) => /^[A-Za-z0-9.-]{1,16}$/.test(code),
    refinement(
      'office_code_format',
      'Kode kantor: 1–16 huruf, angka, titik atau tanda hubung, misalnya 3319.',
      'An office code has 1–16 letters, digits, dots or hyphens, e.g. 3319.',
    ),
  )
  .meta({ example: '3319' });

const officeName = z
  .string()
  .overwrite(foldPasted)
  .trim()
  .refine(
    (name) => /^[^\p{Cc}\p{Cf}\p{Cs}\ufffd]{1,120}$/u.test(name),
    refinement(
      'office_name_format',
      'Nama kantor: 1–120 karakter tanpa tanda yang tidak terlihat atau rusak (�).',
      'An office name has 1–120 characters and no invisible or broken (�) signs.',
    ),
  )
  .meta({ example: 'Dinas Dukcapil Kabupaten Kudus' });

const zone = z.enum(zones).describe('Time zone of the office, for deadlines that people read');

/** A new office, in JSON or as a line of CSV. */
export const officeInput = z.strictObject({
  code: officeCode,
  name: officeName,
  level: z.enum(officeLevels),
  parent: officeCode
    .optional()
    .describe('Code of the office above: for a province the nation, for an office its province'),
  zone,
});
export type OfficeInput = z.output<typeof officeInput>;

/** Code and level of an office never change: tickets and officers refer to what it is. */
export const officeChanges = z.strictObject({ name: officeName, parent: officeCode, zone }).partial();
export type OfficeChanges = z.output<typeof officeChanges>;

/** Which office takes over, and why: words of an administrator, kept sealed. */
export const officeClosing = z.strictObject({
  successor: officeCode,
  note: z
    .string()
    .trim()
    .refine(
      (note) => /^[^\p{Cs}\ufffd]{1,500}$/u.test(note) && !/[^\P{Cc}\n\r\t]/u.test(note),
      refinement(
        'note_format',
        'Catatan: 1–500 karakter tanpa tanda yang rusak.',
        'A note has 1–500 characters and no broken signs.',
      ),
    )
    .describe('Why, e.g. the decree; kept sealed'),
});
export type OfficeClosing = z.output<typeof officeClosing>;
