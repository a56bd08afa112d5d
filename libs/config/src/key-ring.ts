import { z } from 'zod';

/** A key of 32 bytes and the short name that stands beside whatever it made. */
export interface Key {
  id: string;
  key: Buffer;
}

const form = /^[a-z0-9]{1,8}:[A-Za-z0-9+/]{43}=(,[a-z0-9]{1,8}:[A-Za-z0-9+/]{43}=)*$/;

/** `id:key` pairs, newest first. Refuses what nobody would choose on purpose: a name or key twice, a key that is none. */
export const keyRing = z
  .string()
  .regex(
    form,
    'a list like k2:<32 bytes in base64>,k1:<32 bytes in base64>; the first one is used for new data',
  )
  .transform((text) => text.split(',').map(readKey))
  .refine(
    (ring) => new Set(ring.map(({ id }) => id)).size === ring.length,
    'a list in which each name stands once',
  )
  .refine((ring) => new Set(ring.map(hexOf)).size === ring.length, 'a list in which each key stands once')
  .refine(
    (ring) => !ring.some(isNoKey),
    'keys of random bytes, not one byte repeated: openssl rand -base64 32',
  );

/** The ring of the blind indexes: each of its keys has a column of its own. */
export const indexKeyRing = keyRing.refine(
  (ring) => {
    const slots = ring.map(({ id }) => indexSlot(id));
    return ring.length <= 2 && !slots.includes(null) && new Set(slots).size === ring.length;
  },
  {
    error:
      'one key, or two while they rotate, whose ids end in a digit: one odd, one even, like i2:<32 bytes in base64>,i1:<32 bytes in base64>',
  },
);

/**
 * In which of the two columns a key of the blind indexes keeps a person's digest. It belongs to the key, not to its
 * place in the ring: processes that run side by side with `k1`, `k1,k2` and `k2,k1` then meet on the same unique key
 * (ADR 14). `k1`, `i3` → a, `k2`, `i4` → b.
 * @returns null for an id that does not end in a digit
 */
export function indexSlot(keyId: string): 'a' | 'b' | null {
  const last = keyId.at(-1) ?? '';
  if (!/^\d$/.test(last)) return null;
  return Number(last) % 2 === 1 ? 'a' : 'b';
}

/** The pairs of rings that hold the same key: what one purpose gives away would open the other. */
export function sharingRings(rings: Record<string, Key[]>): [string, string][] {
  const named = Object.entries(rings);
  return named.flatMap(([one, keys], at) =>
    named
      .slice(at + 1)
      .filter(([, others]) => others.some((other) => keys.some(({ key }) => key.equals(other.key))))
      .map(([other]): [string, string] => [one, other]),
  );
}

function readKey(entry: string): Key {
  const colon = entry.indexOf(':');
  return { id: entry.slice(0, colon), key: Buffer.from(entry.slice(colon + 1), 'base64') };
}

function hexOf({ key }: Key): string {
  return key.toString('hex');
}

function isNoKey({ key }: Key): boolean {
  return key.every((byte) => byte === key[0]);
}
