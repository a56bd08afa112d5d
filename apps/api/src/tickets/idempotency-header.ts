import { invalid } from '@sinkron/observability';

/** What the document says of the header, for `@ApiHeader`. */
export const idempotencyHeader = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'A name of your own for this request, 1–255 visible ASCII characters, known again for 72 hours by a keyed digest: ' +
    'sent again with the same body it gets the same answer and counts as no repeat; with another body it is refused.',
};

/**
 * The key that the caller sent, or null. Only its digest is kept here, but it passes proxies that keep it as it is.
 * @param numbers the applicant's NIK and KK
 * @throws Problem `invalid` naming the header
 */
export function sentKey(
  headers: Record<string, string | string[] | undefined>,
  numbers: readonly (string | undefined)[],
): string | null {
  const sent = headers['idempotency-key'];
  if (sent === undefined) return null;
  if (typeof sent !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(sent))
    throw wrongKey('key_format', {
      id: 'Pakai 1–255 karakter ASCII yang terlihat, tanpa spasi.',
      en: 'Use 1–255 visible ASCII characters, without spaces.',
    });
  if (numbers.some((number) => number !== undefined && sent.includes(number)))
    throw wrongKey('key_personal', {
      id: 'Jangan pakai NIK atau nomor KK sebagai kunci; pakai misalnya UUID acak.',
      en: 'Do not use a NIK or KK number as the key; use a random UUID, for instance.',
    });
  return sent;
}

function wrongKey(code: string, message: { id: string; en: string }) {
  return invalid([{ field: 'Idempotency-Key', code, message }]);
}
