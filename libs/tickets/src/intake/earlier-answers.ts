import { findRecords, isOfKey, isSameBody, keyReused } from './idempotency';
import type { IntakeAnswer, Submission } from './submission';
import { fromBinary, type Id, toBinary, type Transaction } from '@sinkron/database';

/**
 * Answers what was answered before: the repeats of a known Idempotency-Key, and what a COMMIT without an answer had
 * done all the same. @returns what is still to be done
 */
export async function answerEarlier(
  transaction: Transaction,
  submissions: Submission[],
): Promise<Submission[]> {
  const keys = submissions.flatMap(({ key }) => key ?? []);
  const records = await findRecords(transaction, keys);
  const done = await committedOf(transaction, submissions);
  return submissions.filter((submission) => {
    const { key } = submission;
    if (submission.answer && done.has(submission.statement.id)) return false;
    submission.answer = null;
    submission.problem = null;
    const record = key && records.find((found) => isOfKey(found, key));
    if (!record) return true;
    if (isSameBody(key, record.bodyDigest)) submission.answer = record.answer as IntakeAnswer;
    else submission.problem = keyReused();
    return false;
  });
}

/** The statements that an earlier attempt at this batch has committed. */
async function committedOf(transaction: Transaction, submissions: Submission[]): Promise<Set<Id>> {
  const attempted = submissions.filter(({ answer }) => answer !== null);
  if (attempted.length === 0) return new Set();
  const rows = await transaction.query<{ id: Buffer }>('select id from statement where id in (?)', [
    attempted.map(({ statement }) => toBinary(statement.id)),
  ]);
  return new Set(rows.map(({ id }) => fromBinary(id)));
}
