import { z } from 'zod';
import { otp } from '../sessions/sign-in-schemas';
import { tokenScopes } from '../tokens/personal-token';
import { password } from '../officers/officer-schemas';
import { foldPasted } from '@sinkron/identity';
import { refinement } from '@sinkron/observability';

const shownPassword = z.string().min(1).max(200).describe('Your present password');

/** What an officer shows again before the own account changes. */
export const shownAgain = z.strictObject({ password: shownPassword, otp: otp.optional() });
export type ShownAgain = z.output<typeof shownAgain>;

export const passwordChange = z.strictObject({ current: shownPassword, password });
export type PasswordChange = z.output<typeof passwordChange>;

export const factorConfirmation = z.strictObject({ otp });
export type FactorConfirmation = z.output<typeof factorConfirmation>;

const tokenName = z
  .string()
  .overwrite(foldPasted)
  .trim()
  .refine(
    (name) => /^[^\p{C}]{1,60}$/u.test(name),
    refinement(
      'token_name_format',
      'Nama token: 1–60 karakter tanpa tanda yang tidak terlihat.',
      'A token name has 1–60 characters and no invisible signs.',
    ),
  )
  .meta({ example: 'Laporan mingguan' })
  .describe('By which you will know it again');

export const personalTokenInput = z.strictObject({
  name: tokenName,
  scopes: z
    .array(z.enum(tokenScopes))
    .min(1)
    .max(tokenScopes.length)
    .refine(
      (scopes) => new Set(scopes).size === scopes.length,
      refinement('scope_repeated', 'Sebut setiap izin satu kali.', 'Name each scope once.'),
    )
    .describe('What it may be used for, as far as your role goes'),
  expiresInDays: z.int().min(1).max(365),
});
export type PersonalTokenInput = z.output<typeof personalTokenInput>;
