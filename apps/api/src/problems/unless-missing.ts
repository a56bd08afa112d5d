import { Problem } from '@sinkron/observability';

/** For `catch`: null for what is missing or out of sight. @throws whatever else went wrong */
export function unlessMissing(error: unknown): null {
  if (error instanceof Problem && error.kind === 'not_found') return null;
  throw error;
}
