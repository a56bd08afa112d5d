import { AuditCheck, CheckpointCheck, type Expected } from '@sinkron/audit';
import type { Transactions } from '@sinkron/database';
import { HistoryCheck } from '@sinkron/tickets';

export interface Verified {
  tickets: number;
  auditRows: number;
  checkpoints: number;
  /** What is not as it was written, one sentence each. */
  broken: string[];
}

/**
 * Reads the whole trail in pages, while the desk works: every ticket's history, every chain of the audit, every
 * checkpoint. Checkpoints come last, so that what they cover was read before.
 * @param expected a checkpoint that the log names: without it, an end that was cut off with its checkpoints stays unseen
 */
export async function verifyTrail(transactions: Transactions, expected?: Expected): Promise<Verified> {
  const histories = await new HistoryCheck(transactions).run();
  const audits = await new AuditCheck(transactions).run();
  const { checkpoints, broken } = await new CheckpointCheck(transactions).run(expected);
  return {
    tickets: histories.cases,
    auditRows: audits.rows,
    checkpoints,
    broken: [
      ...histories.broken.map(({ code, seq }) => `${code}: the history does not fit from row ${seq} on`),
      ...audits.broken.map(({ chain, seq }) => `audit chain ${chain} does not fit from row ${seq} on`),
      ...broken,
    ],
  };
}
