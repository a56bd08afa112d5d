import { messagingEntities } from '../messaging.module';
import { Delivery } from './delivery';
import { forgetOldContents } from './forget-contents';
import { type Id, insertRows, newId, toBinary } from '@sinkron/database';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

let db: TestDatabase;
beforeAll(async () => (db = await testDatabase({ entities: messagingEntities, poolSize: 3 })));
afterAll(() => db.close());
beforeEach(() => db.transactions.execute('delete from delivery'));

const hour = 3_600_000;

async function ended(kind: 'notice' | 'event', endedHoursAgo: number): Promise<Id> {
  const channel = kind === 'event' ? 'webhook' : 'whatsapp';
  const id = newId();
  const once = Buffer.concat([toBinary(id), toBinary(id)]);
  const delivery = Delivery.create(new Date(), { id, onceKey: once, kind, channel });
  if (kind === 'notice') delivery.sealed = Buffer.from('sealed');
  delivery.sent(new Date(Date.now() - endedHoursAgo * hour), null);
  await db.transactions.run((transaction) => insertRows(transaction, Delivery, [delivery]));
  return id;
}

async function contentOf(id: Id): Promise<'kept' | 'wiped' | 'gone'> {
  const [row] = await db.transactions.query<{ forget_at: Date | null }>(
    'select forget_at from delivery where id = ?',
    [toBinary(id)],
  );
  if (!row) return 'gone';
  return row.forget_at === null ? 'wiped' : 'kept';
}

it('wipes messages two days after they left, deletes calls after a month, and leaves everything younger', async () => {
  const ids = [
    await ended('notice', 49),
    await ended('notice', 47),
    await ended('event', 721),
    await ended('event', 719),
  ];
  expect(await forgetOldContents(db.transactions)).toBe(false);
  expect(await Promise.all(ids.map(contentOf))).toEqual(['wiped', 'kept', 'gone', 'kept']);
  const sealed = await db.transactions.query('select id from delivery where sealed is not null');
  expect(sealed).toHaveLength(1);
});

it('leaves to another worker what that one has in hand', async () => {
  const [taken, free] = [await ended('notice', 60), await ended('notice', 50)];
  await db.transactions.run(async (other) => {
    await other.query('select 1 from delivery where id = ? for update', [toBinary(taken)]);
    await forgetOldContents(db.transactions);
    expect([await contentOf(taken), await contentOf(free)]).toEqual(['kept', 'wiped']);
  });
});
