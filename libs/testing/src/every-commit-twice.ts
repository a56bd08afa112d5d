import { Transactions } from '@sinkron/database';

/**
 * Loaded before each file of the medium tier (jest.config.js): the first COMMIT of every transaction is rolled back and
 * answered as a deadlock (1213), so that all that runs in `Transactions.run` is tried for being safe to repeat.
 */
const run = Reflect.get(Transactions.prototype, 'run');

Transactions.prototype.run = function <T>(this: Transactions, ...[work]: Parameters<typeof run<T>>) {
  let refused = false;
  return run.call<Transactions, [typeof work], Promise<T>>(this, async (transaction) => {
    const result = await work(transaction);
    if (refused) return result;
    refused = true;
    throw Object.assign(new Error('Deadlock found at the first COMMIT, as the tests want it'), {
      code: 'ER_LOCK_DEADLOCK',
      errno: 1213,
    });
  });
};
