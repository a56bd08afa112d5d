import { indexedEmail } from '../officers/officer-email';
import { z } from 'zod';

/** What is sent with the password, for accounts that have set a second factor up. */
export const otp = z
  .string()
  .min(1)
  .max(40)
  .describe('The six digits that the authenticator app shows, each good once, or a recovery code')
  .meta({ example: '123456' });

/** The body of a sign-in. Bounds only: what is wrong about a password is not told here. */
export const signInInput = z.strictObject({
  email: z
    .string()
    .overwrite(indexedEmail)
    .min(1)
    .max(254)
    .meta({ example: 'petugas.kudus@demo.sinkron.test' }),
  password: z.string().min(1).max(200),
  otp: otp.optional(),
});
export type SignInInput = z.output<typeof signInInput>;

export const refreshInput = z.strictObject({ refreshToken: z.string().min(1).max(200) });
export type RefreshInput = z.output<typeof refreshInput>;
