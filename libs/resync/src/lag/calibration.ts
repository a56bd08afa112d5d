import { Push } from '../evidence';
import { selectRows, toBinary, type Transaction } from '@sinkron/database';
import { predictions } from '@sinkron/observability';
import type { Ticket } from '@sinkron/tickets';

/** When the match happened, for all that is known: half-way between the last mismatching reading and the proof. */
export function matchedAt({
  acceptedAt,
  mismatchedAt,
  provedAt,
}: Pick<Push, 'acceptedAt' | 'mismatchedAt' | 'provedAt'>): Date | null {
  const before = mismatchedAt ?? acceptedAt;
  return provedAt && before ? new Date((before.getTime() + provedAt.getTime()) / 2) : null;
}

/** The pushes that are proved in this transaction: those of the revision that it resolves. */
export function provedPushes(transaction: Transaction, ticket: Ticket): Promise<Push[]> {
  return selectRows(
    transaction,
    Push,
    'where ticket_id = ? and round = ? and statement_id = ? and proved_at = ?',
    [toBinary(ticket.id), ticket.round, toBinary(ticket.statementId), transaction.now],
  );
}

/** Counts whether reality kept to what was predicted when each of these pushes was accepted. Called after COMMIT. */
export function countPredictions(pushes: readonly Push[]): void {
  for (const push of pushes) {
    const { predictedFrom: from, predictedTo: to, predictedBy90: by90 } = push;
    const at = matchedAt(push);
    if (!at) continue;
    if (from && to) count('50', from <= at && at <= to);
    if (by90) count('90', at <= by90);
  }
}

function count(range: '50' | '90', inside: boolean): void {
  predictions.inc({ range, result: inside ? 'inside' : 'outside' });
}
