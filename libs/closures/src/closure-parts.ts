import { countOfficersAt } from '@sinkron/accounts';
import type { Id, Transaction } from '@sinkron/database';
import { countContactsAt, countEscalationsAt, countPoliciesAt, countRotasAt } from '@sinkron/escalation';
import { officesBelow } from '@sinkron/offices';
import { countOpenTicketsAt } from '@sinkron/tickets';
import { countEndpointsToMove } from '@sinkron/webhooks';

/**
 * What goes from an office that closes to its successor, in this order: officers first, for at the successor they see
 * both offices, so that nobody is asked about what they cannot open; then whom their rules name; what is asked last.
 * Whatever else comes to belong to an office joins here (its lines, its booking schedules): its lib moves its own tables
 * by one function and counts what is left by another. Holidays and opening hours stay: those of the successor hold.
 */
export const closureParts = [
  'officers',
  'rotas',
  'policies',
  'contacts',
  'webhooks',
  'offices',
  'tickets',
  'escalations',
] as const;
export type ClosurePart = (typeof closureParts)[number];

/** How many of each part are at the office still; what is left behind for good does not count. */
const counts: Record<ClosurePart, (transaction: Transaction, officeId: Id) => Promise<number>> = {
  officers: countOfficersAt,
  rotas: countRotasAt,
  policies: countPoliciesAt,
  contacts: countContactsAt,
  webhooks: countEndpointsToMove,
  offices: officesBelow,
  tickets: countOpenTicketsAt,
  escalations: countEscalationsAt,
};

export type Left = Record<ClosurePart, number>;

export async function leftAt(transaction: Transaction, officeId: Id): Promise<Left> {
  const left = {} as Left;
  for (const part of closureParts) left[part] = await counts[part](transaction, officeId);
  return left;
}
