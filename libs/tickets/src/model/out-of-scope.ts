import type { Id } from '@sinkron/database';
import { notFound, Problem } from '@sinkron/observability';

/** The case is there, but not for who asks. They are told what they would be told if it were not; the audit is told more. */
export class OutOfScope extends Problem {
  constructor(readonly ticketId: Id) {
    super('not_found', notFound().detail);
  }
}
