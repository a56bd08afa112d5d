import { isDatabaseAway } from '@sinkron/database';
import { type FieldError, maskLine, Problem } from '@sinkron/observability';

/** What the operator has to correct, one clear line for each. */
export class Failure extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'Failure';
  }
}

/** The lines that say in English what went wrong, without personal data. */
export function failureLines(error: unknown): readonly string[] {
  if (error instanceof Failure) return error.lines;
  if (error instanceof Problem)
    return error.errors.length > 0 ? error.errors.map(fieldLine) : [error.detail.en];
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (isDatabaseAway(error))
    return ['The database does not answer. Is DATABASE_URL right, and is the server up?'];
  const isArgument = String(code).startsWith('ERR_PARSE_ARGS');
  const text = maskLine(String(message ?? error)).trim();
  return [isArgument ? `${text}. See: npm run desk -- help` : text];
}

export function fieldLine({ field, message }: FieldError): string {
  return `${field}: ${message.en}`;
}
