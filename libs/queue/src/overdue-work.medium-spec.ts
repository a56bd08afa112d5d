import { heartbeatAge, recordHeartbeat } from './heartbeats';
import { overdueWork, subjectsWithoutWork } from './overdue-work';
import { type Lane, workEntities } from './work';
import { WorkTable } from './work-table';
import { type Id, newId } from '@sinkron/database';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

const minute = 60_000;

let db: TestDatabase;
let table: WorkTable;
beforeAll(async () => {
  db = await testDatabase({ entities: workEntities });
  table = new WorkTable(db.transactions, db.config);
});
afterAll(() => db.close());

/** Work that has been due for so many minutes. @returns its subject */
async function add(kind: string, lane: Lane, minutes: number): Promise<Id> {
  const subjectId = newId();
  await db.transactions.run(async (transaction) => {
    const dueAt = new Date(transaction.now.getTime() - minutes * minute);
    await table.add(transaction, [{ kind, subjectId, lane, dueAt, rankAt: dueAt, officeId: null }]);
  });
  return subjectId;
}

it('counts urgent work of one kind that is overdue, and says since when', async () => {
  expect(await overdueWork(db.transactions, 'ladder', minute)).toEqual({ rows: 0, oldestDueAt: null });
  await add('ladder', 'urgent', 0);
  await add('ladder', 'regular', 10);
  await add('push', 'urgent', 10);
  await add('ladder', 'urgent', 3);
  await add('ladder', 'urgent', 5);
  const { rows, oldestDueAt } = await overdueWork(db.transactions, 'ladder', minute);
  expect(rows).toBe(2);
  expect((Date.now() - oldestDueAt!.getTime()) / minute).toBeCloseTo(5, 0);
});

it('finds the subjects that have no work of a kind', async () => {
  const [withWork, ofAnotherKind, without] = [
    await add('ladder', 'held', 0),
    await add('push', 'urgent', 0),
    newId(),
  ];
  const missing = (ids: Id[]) =>
    db.transactions.run((transaction) => subjectsWithoutWork(transaction, 'ladder', ids));
  expect(await missing([without, withWork, ofAnotherKind])).toEqual([without, ofAnotherKind]);
  expect(await missing([])).toEqual([]);
});

it('keeps the last heartbeat of a kind of process', async () => {
  expect(await heartbeatAge(db.transactions, 'worker')).toBeNull();
  await recordHeartbeat(db.transactions, 'worker');
  await db.transactions.execute('update heartbeat set at = at - interval 1 hour');
  expect(await heartbeatAge(db.transactions, 'worker')).toBeGreaterThanOrEqual(60 * minute);
  await recordHeartbeat(db.transactions, 'worker');
  expect(await heartbeatAge(db.transactions, 'worker')).toBeLessThan(minute);
});
