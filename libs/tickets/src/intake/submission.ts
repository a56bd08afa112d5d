import type { PublicStatus } from '../model/lifecycle';
import type { StatedValues } from '../model/statement';
import type { Composed } from '../model/statements';
import type { Complaint, Warning } from './complaint';
import type { IdempotencyKey } from './idempotency';
import type { Actor } from '@sinkron/accounts';
import type { Id, Slots } from '@sinkron/database';
import type { Problem } from '@sinkron/observability';

/** What is answered to a complaint; plain JSON, kept as it is for the same Idempotency-Key. */
export interface IntakeAnswer {
  /** 201 for a new ticket, 200 for a repeat. */
  httpStatus: 201 | 200;
  code: string;
  status: PublicStatus;
  office: { code: string; name: string };
  repeat: boolean;
  repeatCount: number;
  warnings: Warning[];
  /** Absent when the ticket is outside the scope of whoever asks. */
  urgent?: boolean;
  /** ISO 8601 UTC */
  dueAt?: string;
  /** Plain Indonesian for the applicant. */
  receipt?: string;
}

/**
 * One POST, ready to be committed. Everything that must not differ when a batch is repeated, the ids above all, is
 * made before the transaction. What may be submitted is in complaint.ts and ../model/applicant.ts.
 */
export interface Submission {
  /** An officer, or an applicant or bridge who submits to an office from outside. */
  by: Actor;
  complaint: Complaint;
  values: StatedValues;
  warnings: Warning[];
  personId: Id;
  ticketId: Id;
  code: string;
  nik: Slots;
  statement: Omit<Composed, 'kind'>;
  key: IdempotencyKey | null;
  /** Set by the latest attempt to commit it; stands only once that attempt is known to be committed. */
  answer: IntakeAnswer | null;
  problem: Problem | null;
}
