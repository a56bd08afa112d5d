import { Escalation } from '../model/escalation';
import { selectRows, type Transaction } from '@sinkron/database';
import { save } from './escalation-transitions';

/** Incidents that are open, or were after that instant; oldest first. */
export function incidentsSince(transaction: Transaction, since: Date): Promise<Escalation[]> {
  return selectRows(
    transaction,
    Escalation,
    'where incident is not null and (open_marker = 1 or resolved_at > ?) order by id',
    [since],
  );
}

/**
 * An incident that was opened because pushes wait becomes an outage when the centre turns out to answer nobody: adds
 * the evidence to it.
 * @returns whether such an incident is open
 */
export async function addOutageEvidence(
  transaction: Transaction,
  evidence: Record<string, string | number>,
): Promise<boolean> {
  const open = await selectRows(
    transaction,
    Escalation,
    `where incident in ('centre_not_taking', 'centre_not_answering') and open_marker = 1 for update`,
    [],
  );
  for (const incident of open) {
    if (incident.detail?.outage === 1) continue;
    incident.addDetail(evidence);
    await save(transaction, incident);
  }
  return open.length > 0;
}
