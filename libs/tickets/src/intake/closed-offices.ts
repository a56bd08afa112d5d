import type { Submission } from './submission';
import { type Transaction, toBinary } from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import { officeClosed, type OfficeTree } from '@sinkron/offices';

/**
 * An office that is closing or closed takes no new ticket; a repeat of one that is open somewhere is filed all the same.
 * @returns the submissions that are not refused
 */
export async function refuseAtClosedOffices(
  transaction: Transaction,
  submissions: readonly Submission[],
  tree: OfficeTree,
): Promise<Submission[]> {
  const closedTo = ({ by }: Submission) => officeClosed('office', tree.find(by.office.id) ?? by.office, tree);
  const atClosed = submissions.filter((one) => closedTo(one).length > 0);
  if (atClosed.length === 0) return [...submissions];
  const open = await openOf(transaction, atClosed);
  for (const submission of atClosed) {
    const [error] = closedTo(submission);
    if (error && !open.has(nameOf(submission.personId, submission.complaint.service)))
      submission.problem = new Problem('conflict', error.message, [error]);
  }
  return submissions.filter(({ problem }) => problem === null);
}

async function openOf(transaction: Transaction, submissions: readonly Submission[]): Promise<Set<string>> {
  const rows = await transaction.query<{ person: string; service: string }>(
    'select lower(hex(person_id)) as person, service from ticket where person_id in (?) and open_marker = 1',
    [submissions.map(({ personId }) => toBinary(personId))],
  );
  return new Set(rows.map(({ person, service }) => nameOf(person, service)));
}

function nameOf(personId: string, service: string): string {
  return `${personId.replaceAll('-', '')} ${service}`;
}
