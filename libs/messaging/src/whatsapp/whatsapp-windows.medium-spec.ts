import { WhatsAppWindow } from './whatsapp-window';
import { WhatsAppWindows } from './whatsapp-windows';
import { BlindIndex } from '@sinkron/database';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

const phone = '+628100000001';
const now = new Date('2027-03-01T10:00:00.000Z');
const hour = 3_600_000;
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);

let db: TestDatabase;
let windows: WhatsAppWindows;
beforeAll(async () => {
  db = await testDatabase({ entities: [WhatsAppWindow] });
  windows = new WhatsAppWindows(db.transactions, db.index);
});
beforeEach(async () => {
  await db.setClock(now);
  await db.transactions.execute('delete from whatsapp_window');
});
afterAll(() => db.close());

const open = (at: Date, whose = phone) =>
  db.transactions.run((transaction) => windows.opened(transaction, whose, at));

it('is open for a day from the last message, less a minute, and for that number alone', async () => {
  expect(await windows.isOpen(phone)).toBe(false);
  await open(now);
  await db.setClock(after(24 * hour - 61_000));
  expect(await Promise.all([windows.isOpen(phone), windows.isOpen('+628100000002')])).toEqual([true, false]);
  await db.setClock(after(24 * hour - 60_000));
  expect(await windows.isOpen(phone)).toBe(false);
});

it('is not shortened by what comes late, nor twice', async () => {
  await open(now);
  await open(now);
  await open(after(-20 * hour));
  await db.setClock(after(20 * hour));
  expect(await windows.isOpen(phone)).toBe(true);
});

it('does not begin in the future, whatever the clock of others says', async () => {
  await open(after(1000 * hour));
  await db.setClock(after(25 * hour));
  expect(await windows.isOpen(phone)).toBe(false);
});

it('is closed when WhatsApp says so', async () => {
  await open(now);
  await db.transactions.run((transaction) => windows.closed(transaction, phone));
  expect(await windows.isOpen(phone)).toBe(false);
});

it('is found while keys rotate', async () => {
  await open(now);
  const [first] = db.config.indexKeys;
  const second = { id: 'i2', key: Buffer.alloc(32, 7) };
  const rotating = new WhatsAppWindows(db.transactions, new BlindIndex([second, first!]));
  expect(await rotating.isOpen(phone)).toBe(true);
});

it('forgets numbers once it does not matter any more, a piece at a time', async () => {
  const rows = Array.from({ length: 1_500 }, (_, n) => [Buffer.alloc(32, `old${n}`), after(-49 * hour)]);
  await db.transactions.execute('insert into whatsapp_window values ?', [rows]);
  await open(after(-47 * hour));
  expect([await windows.forgetOver(), await windows.forgetOver()]).toEqual([true, false]);
  expect(await db.transactions.query('select last_message_at as at from whatsapp_window')).toEqual([
    { at: after(-47 * hour) },
  ]);
});

it('keeps no number', async () => {
  await open(now);
  const [row] = await db.transactions.query<{ stored: string }>(
    'select hex(phone_hash) as stored from whatsapp_window',
  );
  expect(row?.stored).toMatch(/^[0-9A-F]{64}$/);
  expect(row?.stored).not.toContain(Buffer.from(phone).toString('hex').toUpperCase());
});
