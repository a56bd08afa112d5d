import type { FieldError } from '@sinkron/observability';

/** Options of a Zod `refine`: the code and the two sentences by which `fieldErrors` tells of it. */
export function told(code: string, id: string, en: string) {
  return { params: { code, message: { id, en } } };
}

/** The same for what only the database can judge. */
export function fieldTold(field: string, code: string, id: string, en: string): FieldError {
  return { field, code, message: { id, en } };
}
