import type { Transactions } from '@sinkron/database';
import { database } from './checks';

/** A database that answers readings and fails each write with this error number. */
function refusing(errno: number): Transactions {
  return {
    query: () => Promise.resolve([]),
    execute: () => Promise.reject(Object.assign(new Error('refused'), { errno })),
  } as unknown as Transactions;
}

it.each([1290, 1836, 1047])(
  'finds a database away that answers but refuses writes with %i',
  async (errno) => {
    expect(await database(refusing(errno))).toEqual({
      status: 'away',
      detail: 'answers, but takes no writes',
    });
  },
);

it('takes a conflict of two writers for a database that writes', async () => {
  expect(await database(refusing(1213))).toEqual({ status: 'ok' });
});
