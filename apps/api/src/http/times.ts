import { z } from 'zod';

/** An instant in an answer: ISO 8601, in UTC. */
export const time = z.iso.datetime();

/** An instant that may be missing, as an answer says it. */
export function isoOrNull(at: Date | null | undefined): string | null {
  return at?.toISOString() ?? null;
}
