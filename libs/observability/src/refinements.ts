import type { FieldError } from './problem';

/** Options of a Zod `refine`: the code and the sentences of the field error that `fieldErrors` makes of it. */
export function refinement(code: string, id: string, en: string) {
  return { params: { code, message: { id, en } } };
}

/** A field error for what only the database can decide. */
export function fieldError(field: string, code: string, id: string, en: string): FieldError {
  return { field, code, message: { id, en } };
}
