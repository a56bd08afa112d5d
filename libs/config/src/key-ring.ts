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
