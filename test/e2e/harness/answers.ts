/** The answers of the API, as far as these tests read them. */

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** RFC 9457, with the fields that cannot stand. */
export interface ProblemDocument {
  type: string;
  status: number;
  errors: { field: string; code: string; message: string }[];
  correlationId: string;
}

export interface IntakeAnswer {
  code: string;
  status: string;
  urgent: boolean;
  dueAt: string;
  repeat: boolean;
  repeatCount: number;
  receipt: string;
}

type Verdicts = Record<string, 'match' | 'mismatch'>;

interface Reading {
  moment: 'before' | 'check' | 'after';
  verdicts: Verdicts;
  matched: boolean;
}

export interface Ticket {
  code: string;
  status: string;
  state: string;
  delivery: string;
  reason: string | null;
  reasonText: string | null;
  urgent: boolean;
  overdue: boolean;
  dueAt: string;
  acceptedAt: string | null;
  prediction: {
    from: string | null;
    by90: string | null;
    sampleSize: number | null;
    basis: string | null;
    reason: string | null;
    text: string;
  } | null;
  outcome: string | null;
  resolvedInSeconds: number | null;
  pushes: number;
  repeatCount: number;
  disputed: string[] | null;
  applicant: { name: string; nik: string; kk: string };
  evidence: {
    before: Reading | null;
    after: Reading | null;
    readings: Reading[];
    handOvers: { id: string; state: string; trackingId: string | null }[];
  };
}

export interface HistoryItem {
  seq: number;
  at: string;
  kind: string;
  by: { officer: string; office: string } | null;
}

export interface Escalation {
  id: string;
  subject: { kind: 'case'; ticket: string } | { kind: 'incident'; incident: string };
  reason: string;
  state: string;
  outcome: string | null;
}

export interface Handoff {
  id: string;
  state: string;
  receiptDueAt: string | null;
  receipt: { who: string; how: string } | null;
  text: string;
  waLink: string | null;
}

export interface StatusAnswer {
  code: string;
  status: string;
  message: string;
  nextStep: string;
  expected: { from: string; to: string } | null;
}

/** A push as the central registry has it in its own books. */
export interface LedgerItem {
  idempotencyKey: string;
  trackingId: string;
  nik: string;
  noKk: string;
  appliedAt: string | null;
}
