import { judgeName } from '@sinkron/identity';
import { z } from 'zod';
import { officeCode } from './office-schemas';
import { roles } from './officer';
import { told } from './told';

/** An address as officers and contacts have it: no quoting, no comments, ASCII. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .refine(
    (address) => address.length <= 254 && z.email().safeParse(address).success,
    told(
      'email_format',
      'Alamat surel tidak sesuai, contoh: nama@dinas.go.id.',
      'Not an e-mail address like name@office.go.id.',
    ),
  )
  .meta({ format: 'email', example: 'petugas.kudus@demo.sinkron.test' });

export const personName = z
  .string()
  .trim()
  .refine(
    (name) => judgeName(name).ok,
    told(
      'name_format',
      'Nama: 1–100 karakter tanpa tanda yang tidak terlihat.',
      'A name has 1–100 characters and no invisible signs.',
    ),
  )
  .meta({ example: 'Melati Lestari' });

/** BSSN 4/2021 and OWASP ASVS: twelve characters or more, long ones welcome, no rules of composition. */
export const password = z
  .string()
  .refine(
    (text) => text.length >= 12 && text.length <= 200,
    told('password_length', 'Kata sandi: 12–200 karakter.', 'A password has 12–200 characters.'),
  )
  .meta({ minLength: 12, maxLength: 200 });

const role = z.enum(roles);

/** An officer as a line of CSV; the password is made for them. */
export const officerLine = z.strictObject({ email, name: personName, role, office: officeCode });
export type OfficerLine = z.output<typeof officerLine>;

export const officerInput = officerLine.extend({ password });
export type OfficerInput = z.output<typeof officerInput>;

/** A disabled officer, or one with a new password, is out of all sessions. */
export const officerChanges = z
  .strictObject({ name: personName, role, office: officeCode, password, disabled: z.boolean() })
  .partial();
export type OfficerChanges = z.output<typeof officerChanges>;
