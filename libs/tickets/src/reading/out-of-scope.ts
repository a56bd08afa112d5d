import type { Id } from '@sinkron/database';
import { type FieldError, notFound, Problem } from '@sinkron/observability';

/** The ticket exists outside the scope: the caller gets the answer of one that does not exist, the audit its id. */
export class OutOfScope extends Problem {
  constructor(
    readonly ticketId: Id,
    errors: FieldError[] = [],
  ) {
    super('not_found', notFound().detail, errors);
  }
}
