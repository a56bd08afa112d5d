import type { FieldError } from './problem';

/** Options of a Zod `refine`: the code and the sentences of the field error that `fieldErrors` makes of it. */
export function refinement(code: string, id: string, en: string) {
  return { params: { code, message: { id, en } } };
}

/** A field error for what only the database can decide. */
export function fieldError(field: string, code: string, id: string, en: string): FieldError {
  return { field, code, message: { id, en } };
}

/** The places in a list whose key stands further up already. */
export function repeatedPlaces(keys: readonly string[]): ReadonlySet<number> {
  const seen = new Set<string>();
  const repeated = new Set<number>();
  for (const [at, key] of keys.entries()) {
    if (seen.has(key)) repeated.add(at);
    seen.add(key);
  }
  return repeated;
}
