import { type ZxcvbnFactory } from '@zxcvbn-ts/core';
import { type FieldError, fieldError } from '@sinkron/observability';

/** zxcvbn's highest: more than 10^10 guesses for whoever knows the lists and the person. Three known words are fewer. */
const leastScore = 4;

/** What everybody who tries here would try; the officer's own address and name are added to it. */
const serviceWords = ['sinkron', 'dukcapil', 'disdukcapil', 'kependudukan', 'sscasn', 'petugas', 'admin'];

/** Longer ones are judged by their beginning: time grows with the length, and 64 characters tell enough. */
const judgedLength = 64;

let estimator: Promise<ZxcvbnFactory> | null = null;

/**
 * Why a password is refused, or null (OWASP ASVS 5.0, 6.2.4 and 6.2.11): it is, or is made of, common passwords in
 * any spelling, words of this service, the officer's own address and name, repetitions, sequences, rows of keys.
 * @param about the officer's address and name
 */
export async function weakness(
  password: string,
  about: readonly string[],
  field = 'password',
): Promise<FieldError | null> {
  estimator ??= makeEstimator();
  const own = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter(Boolean);
  const { score } = (await estimator).check(password.normalize('NFKC'), [...serviceWords, ...own]);
  if (score >= leastScore) return null;
  return fieldError(
    field,
    'password_common',
    'Kata sandi ini mudah ditebak: terlalu umum, berurutan, berulang, atau memuat nama Anda, alamat surel, atau nama layanan ini. Pakai beberapa kata yang tidak berhubungan.',
    'This password is easy to guess: common, a sequence, a repetition, or made of your name, your address or the name of this service. Use several unrelated words.',
  );
}

/** Fifty thousand passwords take memory and time, so a process that judges none does not load them. */
async function makeEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { 'passwords-common': dictionary['passwords-common'] },
    graphs: adjacencyGraphs,
    maxLength: judgedLength,
  });
}
