import { Delivery } from './delivery';
import { DeliveryAttempts } from './delivery-attempts';
import { DeliveryOutcomes } from './delivery-outcomes';
import { saveDelivery } from './delivery-rows';
import { NoticeContents } from './notice-contents';
import { onceKey } from './once-key';
import { Outbox } from './outbox';
import { fromBinary, newId } from '@sinkron/database';
import { type Claim, workEntities, WorkTable } from '@sinkron/queue';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

const now = new Date('2026-11-22T02:00:00Z');

let db: TestDatabase;
let work: WorkTable;
let outbox: Outbox;
let attempts: DeliveryAttempts;
beforeAll(async () => {
  db = await testDatabase({ entities: [Delivery, ...workEntities] });
  const { transactions, config, sealing } = db;
  work = new WorkTable(transactions, config);
  const contents = new NoticeContents(sealing);
  outbox = new Outbox(work, contents, config);
  attempts = new DeliveryAttempts(
    transactions,
    work,
    new DeliveryOutcomes(work, outbox, contents, config),
    config,
  );
});
afterAll(() => db.close());

let sent: number;
beforeEach(async () => {
  sent = 0;
  await db.setClock(now);
  for (const table of ['work', 'delivery']) await db.transactions.execute(`delete from ${table}`);
});

const sender = {
  prepare: () => Promise.resolve({}),
  send: () => {
    sent += 1;
    return Promise.resolve({ end: 'sent', providerId: 'wamid.X' } as const);
  },
};

/** A message whose attempt has begun; its sender died, or did not hear the answer. */
async function begun(channel: 'whatsapp' | 'email'): Promise<Delivery> {
  const delivery = Delivery.create(now, { onceKey: onceKey('test', newId()), kind: 'notice', channel });
  delivery.begin(now);
  await db.transactions.run((transaction) => outbox.add(transaction, [delivery]));
  return delivery;
}

/** Takes the one row of work there is, as the next worker does, and tries to send. */
async function tryAgain(): Promise<void> {
  const [row] = await db.transactions.query<{ id: Buffer; lease_no: number }>(
    'select id, lease_no from work',
  );
  const job = { kind: 'delivery', id: fromBinary(row!.id), leaseNo: row!.lease_no };
  await attempts.make((await work.claim(job)) as Claim, sender);
}

const waiting = () => db.transactions.query('select reason, due_at from work');

it('waits for the report of WhatsApp before it sends again what a dead sender had begun', async () => {
  await begun('whatsapp');
  await tryAgain();
  const reportsBy = new Date(now.getTime() + db.config.durations.providerReport);
  expect(sent).toBe(0);
  expect(await waiting()).toEqual([{ reason: 'awaiting_delivery_report', due_at: reportsBy }]);
  await db.setClock(reportsBy);
  await tryAgain();
  expect(sent).toBe(1);
  expect(await waiting()).toEqual([]);
});

it('sends again at once where nobody will report', async () => {
  await begun('email');
  await tryAgain();
  expect(sent).toBe(1);
});

it('sends nothing again that was sent, whoever still holds work for it', async () => {
  const delivery = await begun('whatsapp');
  delivery.sent(now, 'wamid.X');
  await db.transactions.run((transaction) => saveDelivery(transaction, delivery));
  await db.setClock(new Date(now.getTime() + db.config.durations.providerReport));
  await tryAgain();
  expect(sent).toBe(0);
  expect(await waiting()).toEqual([]);
});
