import { isDoubt, risks } from './risk';
import type { Refusal } from '@sinkron/registry';

/** What the centre may mend at its side, whatever is pushed; the other refusals are about what we ask. */
const refusals: readonly string[] = [
  'deceased',
  'duplicate_data',
  'inactive',
  'cannot_be_processed',
] satisfies Refusal[];

const doubts: readonly string[] = risks.filter(isDoubt);

/** Whether a ticket in review for this reason is to be read again now and then: the centre may answer otherwise by then. */
export function centreMayMend(reason: string | null): boolean {
  return reason !== null && (refusals.includes(reason) || doubts.includes(reason));
}
