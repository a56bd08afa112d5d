import { z } from 'zod';

/** The body of a sign-in. Bounds only: what is wrong about a password is not told here. */
export const signInInput = z.strictObject({
  email: z.string().trim().toLowerCase().min(1).max(254).meta({ example: 'petugas.kudus@demo.sinkron.test' }),
  password: z.string().min(1).max(200),
  otp: z.string().max(20).optional().describe('One-time code; only for accounts that have set one up'),
});
export type SignInInput = z.output<typeof signInInput>;

export const refreshInput = z.strictObject({ refreshToken: z.string().min(1).max(200) });
export type RefreshInput = z.output<typeof refreshInput>;
