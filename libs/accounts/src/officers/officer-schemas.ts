import { roles } from '../permissions/roles';
import { bareValue, finding, judgeName, normalisePhone } from '@sinkron/identity';
import { refinement } from '@sinkron/observability';
import { officeCode, zones } from '@sinkron/offices';
import { z } from 'zod';

/** An address as officers and contacts have it: no quoting, no comments, ASCII. */
export const email = z
  .string()
  .overwrite(bareValue)
  .toLowerCase()
  .refine(
    (address) => address.length <= 254 && z.email().safeParse(address).success,
    refinement(
      'email_format',
      'Alamat surel tidak sesuai, contoh: nama@dinas.go.id.',
      'Not an e-mail address like name@office.go.id.',
    ),
  )
  .meta({ format: 'email', example: 'petugas.kudus@demo.sinkron.test' });

export const personName = z
  .string()
  .overwrite((text) => {
    const judgement = judgeName(text);
    return judgement.ok ? judgement.name : text.trim();
  })
  .refine((name) => nameProblem(name) !== 'name_unreadable', { params: finding('name_unreadable') })
  .refine(
    (name) => [null, 'name_unreadable'].includes(nameProblem(name)),
    refinement(
      'name_format',
      'Nama: 1–100 karakter tanpa tanda yang tidak terlihat.',
      'A name has 1–100 characters and no invisible signs.',
    ),
  )
  .meta({ example: 'Melati Lestari' });

function nameProblem(name: string): string | null {
  const judgement = judgeName(name);
  return judgement.ok ? null : judgement.problem.code;
}

/** A phone of an officer or a contact, brought into E.164. */
export const phone = z
  .string()
  .max(40)
  .overwrite((text) => {
    const reading = normalisePhone(text);
    return reading.ok ? reading.e164 : text;
  })
  .refine(
    (text) => /^\+[1-9]\d{6,14}$/.test(text),
    refinement(
      'phone_format',
      'Nomor telepon: tulis seperti 0810… atau +62810….',
      'Write the phone number like 0810… or +62810….',
    ),
  )
  .meta({ example: '+628100000001' });

/** BSSN 4/2021 and OWASP ASVS: twelve characters or more, long ones welcome, no rules of composition. */
export const password = z
  .string()
  .refine(
    (text) => text.length >= 12 && text.length <= 200,
    refinement('password_length', 'Kata sandi: 12–200 karakter.', 'A password has 12–200 characters.'),
  )
  .meta({ minLength: 12, maxLength: 200 });

const role = z.enum(roles);

const ownPhone = phone.describe(
  'By which the officer is asked about escalations, by WhatsApp; null: by e-mail alone',
);
const ownZone = z.enum(zones).describe("The officer's own clock; null: that of the office");

/** An officer as a line of CSV; the password is made for them. */
export const officerLine = z.strictObject({
  email,
  name: personName,
  role,
  office: officeCode,
  phone: ownPhone.optional(),
  zone: ownZone.optional(),
});
export type OfficerLine = z.output<typeof officerLine>;

export const officerInput = officerLine.extend({ password });
export type OfficerInput = z.output<typeof officerInput>;

/** A disabled officer, or one with a new password, is out of all sessions. */
export const officerChanges = z
  .strictObject({
    name: personName,
    role,
    office: officeCode,
    phone: ownPhone.nullable(),
    zone: ownZone.nullable(),
    password,
    disabled: z.boolean(),
  })
  .partial();
export type OfficerChanges = z.output<typeof officerChanges>;

/** What officers change of themselves. */
export const accountChanges = officerChanges.pick({ phone: true, zone: true });
export type AccountChanges = z.output<typeof accountChanges>;
