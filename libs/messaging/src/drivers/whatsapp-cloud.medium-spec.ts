import { WhatsAppPace } from '../whatsapp/whatsapp-pace';
import { WhatsAppWindow } from '../whatsapp/whatsapp-window';
import { WhatsAppWindows } from '../whatsapp/whatsapp-windows';
import type { OutboundMessage } from './driver';
import { WhatsAppCloud } from './whatsapp-cloud';
import { newId } from '@sinkron/database';
import {
  freePort,
  startWhatsAppStandIn,
  testDatabase,
  type TestDatabase,
  type WhatsAppStandIn,
} from '@sinkron/testing';
import { Redis } from 'ioredis';

const token = 'a token of the Cloud API';
const phoneNumberId = '1055500001';
const timeout = 700;

let db: TestDatabase;
let redis: Redis;
let windows: WhatsAppWindows;
let cloud: WhatsAppStandIn;
beforeAll(async () => {
  db = await testDatabase({ entities: [WhatsAppWindow] });
  windows = new WhatsAppWindows(db.transactions, db.index);
  redis = new Redis(process.env['REDIS_URL'] ?? '');
});
beforeEach(async () => {
  cloud = await startWhatsAppStandIn({
    token,
    phoneNumberId,
    appSecret: 'secret of the app',
    verifyToken: 'token of the hook',
    pairSeconds: 1,
  });
  cloud.approve('sinkron_step', 2);
});
afterEach(() => cloud.stop());
afterAll(async () => {
  redis.disconnect();
  await db.close();
});

/** A worker's driver; what our own limits are is the test's to say. */
function driver(differing: { token?: string; url?: string; rate?: number; userSeconds?: number } = {}) {
  const options = {
    ...db.config.messaging.whatsapp,
    apiUrl: differing.url ?? cloud.url,
    token: differing.token ?? token,
    phoneNumberId,
    rate: differing.rate ?? 1_000,
    userSeconds: differing.userSeconds ?? 1,
  };
  return new WhatsAppCloud(options, timeout, windows, new WhatsAppPace(redis, db.index, options));
}

let numbers = Math.floor(Math.random() * 900_000);
/** Nobody that another test has written to. */
function message(differing: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: newId(),
    to: `+628100${String(++numbers).padStart(6, '0')}`,
    subject: { id: 'Darurat', en: 'Urgent' },
    text: { id: 'Eskalasi menunggu.\nBalas: AMBIL 4821', en: 'An escalation waits.\nAnswer: AMBIL 4821' },
    mail: { id: 'Eskalasi menunggu.', en: 'An escalation waits.' },
    approved: { name: 'sinkron_step', language: 'id', parameters: ['7K3M-XQ94-HTRJ', '4821'] },
    ...differing,
  };
}

async function writesToUs(phone: string): Promise<void> {
  await cloud.hears(phone, 'Halo');
  await db.transactions.run((transaction) => windows.opened(transaction, phone, transaction.now));
}

it('writes freely to whoever wrote to us, under the name of the delivery', async () => {
  const step = message();
  await writesToUs(step.to);
  expect(await driver().send(step)).toEqual({ end: 'sent', providerId: cloud.sent[0]?.id });
  expect(cloud.sent).toMatchObject([{ to: step.to, type: 'text', text: step.text.id, opaque: step.id }]);
});

it('writes by the approved template to everybody else', async () => {
  const step = message();
  expect(await driver().send(step)).toMatchObject({ end: 'sent' });
  expect(cloud.sent).toMatchObject([
    { to: step.to, type: 'template', template: 'sinkron_step', parameters: ['7K3M-XQ94-HTRJ', '4821'] },
  ]);
});

it('takes the template at once when the window ended on the way', async () => {
  const step = message();
  await writesToUs(step.to);
  cloud.lapses(step.to);
  expect(await driver().send(step)).toMatchObject({ end: 'sent' });
  expect([cloud.calls(), cloud.sent]).toMatchObject([2, [{ type: 'template', opaque: step.id }]]);
});

it.each([
  ['that nobody approved', { name: 'sinkron_other', language: 'id', parameters: [] }],
  ['with too few values', { name: 'sinkron_step', language: 'id', parameters: ['one'] }],
  ['with a value of two lines', { name: 'sinkron_step', language: 'id', parameters: ['one', 'two\nlines'] }],
])('is refused for good with a template %s', async (_what, approved) => {
  expect(await driver().send(message({ approved }))).toEqual({ end: 'refused', reason: 'template' });
});

it.each([
  ['too often to one user', { code: 131056, status: 400 }, { end: 'later', reason: 'too_fast' }],
  ['too fast', { code: 130429, status: 429 }, { end: 'later', reason: 'too_fast' }],
  ['to nobody', { code: 131026, status: 400 }, { end: 'refused', reason: 'not_on_whatsapp' }],
  ['without a bill paid', { code: 131042, status: 400 }, { end: 'later', reason: 'configuration' }],
  ['to a server in trouble', { code: 131000, status: 500 }, { end: 'later', reason: 'unavailable' }],
  ['to a server that blames us in its trouble', { code: 100, status: 500 }, { end: 'later' }],
  ['to something new', { code: 777_777, status: 400 }, { end: 'later', reason: 'no_answer' }],
])('written %s, says so by a code', async (_what, trouble, attempt) => {
  cloud.fail(trouble);
  expect(await driver().send(message())).toMatchObject(attempt);
  expect(cloud.sent).toEqual([]);
});

it.each(['silence', 'reset', 'garbage', 'flood', 'lost answer'] as const)(
  'does not know what became of a message after %s, and says so in time',
  async (trouble) => {
    cloud.fail(trouble);
    expect(await driver().send(message())).toEqual({ end: 'later', reason: 'no_answer' });
  },
);

it('has one bound of time for both calls', async () => {
  const step = message();
  await writesToUs(step.to);
  cloud.fail({ code: 131047, status: 400 }, 'silence');
  expect(await driver().send(step)).toEqual({ end: 'later', reason: 'no_answer' });
  expect(cloud.calls()).toBe(2);
});

it('shows a token that has expired, and a number of ours that is none, as configuration', async () => {
  const expired = await driver({ token: 'an older token' }).send(message());
  const misspelled = await driver({ url: `${cloud.url}/misspelled` }).send(message());
  const configuration = { end: 'later', reason: 'configuration', wait: 300_000 };
  expect([expired, misspelled]).toEqual([configuration, configuration]);
});

it('says when it has not reached the server', async () => {
  const url = `http://127.0.0.1:${await freePort()}/v23.0`;
  expect(await driver({ url }).send(message())).toEqual({ end: 'later', reason: 'unreachable' });
});

it('writes to one user no faster than all workers together may', async () => {
  const step = message();
  const [one, other] = [driver({ userSeconds: 6 }), driver({ userSeconds: 6 })];
  expect(await one.send(step)).toMatchObject({ end: 'sent' });
  const held = await other.send({ ...message(), to: step.to });
  expect(held).toEqual({ end: 'later', reason: 'rate_limited', wait: 6_000 });
  expect(cloud.calls()).toBe(1);
});

it('writes from our number no faster than all workers together may, and keeps the places of the others', async () => {
  const workers = [driver({ rate: 3 }), driver({ rate: 3 })];
  const steps = Array.from({ length: 12 }, () => message());
  const attempts = await Promise.all(steps.map((step, n) => workers[n % 2]!.send(step)));
  const held = steps.filter((_step, n) => attempts[n]?.end === 'later');
  // Two windows at the most, were they to end meanwhile.
  expect(cloud.calls()).toBeLessThanOrEqual(6);
  expect(held.length).toBeGreaterThanOrEqual(6);
  // Whom the number's limit held back was not counted as written to.
  expect(await driver().send(held[0]!)).toMatchObject({ end: 'sent' });
});

it('keeps no number in Redis', async () => {
  const step = message();
  await driver().send(step);
  const keys = await redis.keys('*whatsapp*');
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.join()).not.toContain(step.to.slice(1));
});
