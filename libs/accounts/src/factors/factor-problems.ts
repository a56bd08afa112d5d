import type { FactorRefusal } from './second-factors';
import { type FieldError, fieldError, Problem } from '@sinkron/observability';

const told: Record<FactorRefusal, FieldError> = {
  otp_required: fieldError(
    'otp',
    'otp_required',
    'Isi otp: 6 angka dari aplikasi autentikator, atau satu kode pemulihan.',
    'Send otp: the 6 digits that your authenticator app shows, or one recovery code.',
  ),
  otp_wrong: fieldError(
    'otp',
    'otp_wrong',
    'Kode tidak cocok. Periksa jam ponsel Anda, lalu pakai kode yang sedang tampil.',
    'The code does not fit. Check the clock of your phone and use the code that shows now.',
  ),
  otp_used: fieldError(
    'otp',
    'otp_used',
    'Kode ini sudah dipakai. Tunggu kode berikutnya, paling lama 30 detik.',
    'This code was used already. Wait for the next one, 30 seconds at most.',
  ),
};

/** The refusal of a second factor at the sign-in. */
export function notProved(refusal: FactorRefusal): Problem {
  return new Problem(
    'unauthenticated',
    { id: 'Kode sekali pakai diperlukan untuk masuk.', en: 'A one-time code is needed to sign in.' },
    [told[refusal]],
  );
}

/** The refusal of what a signed-in officer showed again; no 401, since the session is valid. */
export function notConfirmed(refusal: FactorRefusal | 'password_wrong', field = 'password'): Problem {
  const error =
    refusal === 'password_wrong'
      ? fieldError(
          field,
          'password_wrong',
          'Ini bukan kata sandi Anda yang sekarang.',
          'This is not your present password.',
        )
      : told[refusal];
  return new Problem(
    'not_confirmed',
    {
      id: 'Kirim lagi kata sandi Anda, dan otp bila sudah terpasang.',
      en: 'Send your password again, and otp where a second factor is set up.',
    },
    [error],
  );
}

/** What a role that needs a second factor is told everywhere but where it sets one up. */
export function secondFactorRequired(): Problem {
  return new Problem(
    'second_factor_required',
    {
      id: 'Peran Anda wajib memakai kode sekali pakai. Pasang dahulu: POST /v1/account/totp, lalu POST /v1/account/totp/confirm.',
      en: 'Your role needs a second factor. Set it up first: POST /v1/account/totp, then POST /v1/account/totp/confirm.',
    },
    [
      fieldError(
        'otp',
        'second_factor_required',
        'Belum ada aplikasi autentikator yang terpasang untuk akun ini.',
        'No authenticator app is set up for this account yet.',
      ),
    ],
  );
}
