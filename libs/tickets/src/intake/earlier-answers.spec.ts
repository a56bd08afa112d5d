import { answerEarlier } from './earlier-answers';
import type { IntakeAnswer, Submission } from './submission';
import { type Id, newId, toBinary, type Transaction } from '@sinkron/database';

/** A database in which these statements are committed. */
function holding(...statements: Id[]): Transaction {
  const query = () => Promise.resolve(statements.map((id) => ({ id: toBinary(id) })));
  return { query } as unknown as Transaction;
}

const submission = (answer: IntakeAnswer | null): Submission =>
  ({ key: null, statement: { id: newId() }, answer, problem: null }) as unknown as Submission;
const answer = { code: '7K3M-XQ94-HTRJ', repeat: false } as IntakeAnswer;

it('answers what a COMMIT without an answer had done, and does not do it again', async () => {
  const done = submission(answer);
  expect(await answerEarlier(holding(done.statement.id), [done])).toEqual([]);
  expect(done.answer).toBe(answer);
});

it('does again what was answered in a transaction that came to nothing, and forgets that answer', async () => {
  const lost = submission(answer);
  expect(await answerEarlier(holding(newId()), [lost])).toEqual([lost]);
  expect(lost.answer).toBeNull();
});

it('asks nothing about what is tried for the first time', async () => {
  const first = submission(null);
  const asked = jest.fn();
  expect(await answerEarlier({ query: asked } as unknown as Transaction, [first])).toEqual([first]);
  expect(asked).not.toHaveBeenCalled();
});
