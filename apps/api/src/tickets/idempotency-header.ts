import { invalid } from '@sinkron/observability';

/** What the document says of the header, for `@ApiHeader`. */
export const idempotencyHeader = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'A name of your own for this request, 1–255 visible ASCII characters, kept for 72 hours: sent again with the same ' +
    'body it gets the same answer and counts as no repeat; with another body it is refused.',
};

/**
 * The key that the caller sent, or null.
 * @throws Problem `invalid` naming the header
 */
export function sentKey(headers: Record<string, string | string[] | undefined>): string | null {
  const sent = headers['idempotency-key'];
  if (sent === undefined) return null;
  if (typeof sent === 'string' && /^[\x21-\x7e]{1,255}$/.test(sent)) return sent;
  throw invalid([
    {
      field: 'Idempotency-Key',
      code: 'key_format',
      message: {
        id: 'Pakai 1–255 karakter ASCII yang terlihat, tanpa spasi.',
        en: 'Use 1–255 visible ASCII characters, without spaces.',
      },
    },
  ]);
}
