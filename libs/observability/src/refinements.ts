import type { FieldError } from './problem';

/** Options of a Zod `refine`: the code and the two sentences by which `fieldErrors` tells of it. */
export function refinement(code: string, id: string, en: string) {
  return { params: { code, message: { id, en } } };
}

/** The same for what only the database can judge. */
export function fieldError(field: string, code: string, id: string, en: string): FieldError {
  return { field, code, message: { id, en } };
}
