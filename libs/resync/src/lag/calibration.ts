import type { Push } from '../push/push';
import { predictions } from '@sinkron/observability';

/** When the match happened, for all that is known: half-way between the last mismatching reading and the proof. */
export function matchedAt({
  acceptedAt,
  mismatchedAt,
  provedAt,
}: Pick<Push, 'acceptedAt' | 'mismatchedAt' | 'provedAt'>): Date | null {
  const before = mismatchedAt ?? acceptedAt;
  return provedAt && before ? new Date((before.getTime() + provedAt.getTime()) / 2) : null;
}

/** Counts whether these pushes matched as was predicted when they were accepted. Called after COMMIT. */
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
