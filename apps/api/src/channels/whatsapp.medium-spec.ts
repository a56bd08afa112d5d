import { createHmac } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import { type RunningApi, startApi, startApiOn } from '../testing/start-api';
import { fromBinary, Transactions } from '@sinkron/database';
import { InboundHandling } from '@sinkron/lines';
import { WhatsAppWindows } from '@sinkron/messaging';
import { JobRunner } from '@sinkron/queue';
import { startWhatsAppStandIn, type WhatsAppStandIn } from '@sinkron/testing';

const appSecret = 'secret of the app';
const verifyToken = 'token of the hook';
const phone = '+628100000031';
const path = '/v1/channels/whatsapp/webhook';
let api: RunningApi;
let cloud: WhatsAppStandIn;
let windows: WhatsAppWindows;
let transactions: Transactions;
let webhook: string;
beforeAll(async () => {
  api = await startApi({
    environment: { WHATSAPP_APP_SECRET: appSecret, WHATSAPP_VERIFY_TOKEN: verifyToken },
  });
  webhook = api.url + path;
  windows = api.app.get(WhatsAppWindows, { strict: false });
  transactions = api.app.get(Transactions);
  cloud = await startWhatsAppStandIn({
    token: 'a token',
    phoneNumberId: '1',
    appSecret,
    verifyToken,
  });
});
beforeEach(async () => {
  for (const table of ['whatsapp_window', 'inbound', 'work'])
    await transactions.execute(`delete from ${table}`);
});
afterAll(async () => {
  await cloud.stop();
  await api.stop();
});

function sign(body: string | Buffer, secret = appSecret): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function post(
  body: string,
  signature: string | null = sign(body),
  headers: Record<string, string> = {},
  to = api.url,
) {
  return fetch(to + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature !== null && { 'x-hub-signature-256': signature }),
      ...headers,
    },
    body,
  });
}

/** A batch in which this number writes to us. */
function written(from = phone, more: object = {}): string {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const message = {
    from: from.slice(1),
    id: 'wamid.A=',
    timestamp,
    type: 'text',
    text: { body: 'Halo' },
    ...more,
  };
  return JSON.stringify({ entry: [{ changes: [{ field: 'messages', value: { messages: [message] } }] }] });
}

const rows = () => transactions.query('select * from whatsapp_window');
const stored = () => transactions.query('select id from inbound');

/** Handles what was stored, as the worker would. */
async function handle(): Promise<void> {
  const runner = api.app.get(JobRunner, { strict: false });
  const handling = api.app.get(InboundHandling, { strict: false });
  const work = await transactions.query<{ id: Buffer; lease_no: number }>(
    `select id, lease_no from work where kind = 'inbound'`,
  );
  for (const { id, lease_no: leaseNo } of work) {
    const job = { kind: 'inbound', id: fromBinary(id), leaseNo, correlationId: 'whatsapp-test' };
    await runner.run(job, (claim) => handling.perform(claim));
  }
}

it('stores what comes and answers; its work does the rest', async () => {
  expect((await post(written())).status).toBe(200);
  expect([await stored(), await rows()]).toEqual([[{ id: expect.any(Buffer) }], []]);
  await handle();
  expect([await stored(), await rows()]).toEqual([[], [expect.anything()]]);
});

describe('the challenge', () => {
  const ask = (query: Record<string, string>) => fetch(`${webhook}?${new URLSearchParams(query).toString()}`);
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': '1158201444' };

  it('is answered in plain text to whoever brings the token', async () => {
    const answer = await ask(right);
    expect([answer.status, await answer.text()]).toEqual([200, '1158201444']);
    expect(answer.headers.get('content-type')).toContain('text/plain');
  });

  it.each([
    ['another token', { ...right, 'hub.verify_token': `${verifyToken}x` }],
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
    ['nothing', {}],
  ])('is not answered to whoever brings %s', async (_what, query) => {
    const answer = await ask(query);
    expect([answer.status, await answer.text()]).toEqual([403, expect.not.stringContaining('1158201444')]);
  });
});

it('opens the window of whoever writes to us', async () => {
  await cloud.register(webhook);
  await cloud.hears(phone, 'Halo');
  await handle();
  expect(await windows.isOpen(phone)).toBe(true);
  expect(await windows.isOpen('+628100000032')).toBe(false);
});

it('closes it when WhatsApp says that it is over', async () => {
  await post(written());
  await handle();
  const failed = {
    id: 'wamid.B=',
    status: 'failed',
    recipient_id: phone.slice(1),
    errors: [{ code: 131047 }],
  };
  const value = { statuses: [{ ...failed, timestamp: '1795850000' }] };
  expect((await post(JSON.stringify({ entry: [{ changes: [{ field: 'messages', value }] }] }))).status).toBe(
    200,
  );
  await handle();
  expect(await windows.isOpen(phone)).toBe(false);
});

it('takes a repetition as if there had been none', async () => {
  const body = written();
  expect((await post(body)).status).toBe(200);
  await handle();
  const before = await rows();
  expect((await post(body)).status).toBe(200);
  await handle();
  expect(await rows()).toEqual(before);
});

it.each([
  ['no signature', null],
  ['an empty signature', ''],
  ['one by another secret', sign(written(), 'another secret')],
  ['one of another body', sign(written('+628100000033'))],
])('refuses a body with %s, and nothing changes', async (_what, signature) => {
  const answer = await post(written(), signature, { 'accept-language': 'en' });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ type: 'urn:sinkron:problem:unauthenticated' });
  expect([await stored(), await rows()]).toEqual([[], []]);
});

it.each([
  ['that is no JSON', 'not JSON', 400],
  ['that is empty', '', 401],
  ['that says nothing', '{}', 200],
  ['that is null', 'null', 200],
])('answers a signed body %s', async (_what, body, status) => {
  expect((await post(body, body ? sign(body) : null)).status).toBe(status);
});

it('reads what is nested deeper than what people send, such as a card with phone numbers', async () => {
  const card = {
    type: 'contacts',
    contacts: [{ name: {}, phones: [{ phone: '+628100000034', of: [{ a: [1] }] }] }],
  };
  expect((await post(written(phone, card))).status).toBe(200);
  await handle();
  expect(await windows.isOpen(phone)).toBe(true);
});

it('reads a batch of 2 MB and none of 4', async () => {
  const batch = (size: number) => written(phone, { image: { caption: 'x'.repeat(size) } });
  expect((await post(batch(2_000_000))).status).toBe(200);
  expect((await post(batch(4_000_000))).status).toBe(413);
});

it('reads a few large batches at a time, and meanwhile every usual one', async () => {
  const slow: ClientRequest[] = [];
  const large = written(phone, { image: { caption: 'x'.repeat(100_000) } });
  await until(async () => {
    slow.push(neverWhole());
    expect((await post(written())).status).toBe(200);
    return (await post(large)).status === 503;
  });
  expect((await post(written())).status).toBe(200);
  for (const held of slow) held.destroy();
  await until(async () => (await post(large)).status === 200);
});

/** A large batch of which more comes than is usual, and never the rest. */
function neverWhole(): ClientRequest {
  const headers = { 'content-type': 'application/json', 'content-length': 2_000_000 };
  const signed = { ...headers, 'x-hub-signature-256': sign('') };
  const held = request(webhook, { method: 'POST', headers: signed }).on('error', () => undefined);
  held.write('['.repeat(100_000));
  return held;
}

it('takes bursts of what is signed, and counts what is not', async () => {
  const strict = await startApiOn({ ...api.config, requestsPerMinute: 20, trustedProxies: ['127.0.0.1'] });
  // A network that no other test comes from: the count is Redis's, which all tests share.
  const network = { 'x-forwarded-for': `198.17.${Date.now() % 250}.${process.pid % 250}` };
  const statuses = async (signature: string | null) => {
    const seen = [];
    for (let n = 0; n < 45; n++) seen.push((await post(body, signature, network, strict.url)).status);
    return new Set(seen);
  };
  const body = written();
  expect(await statuses(sign(body))).toEqual(new Set([200]));
  expect(await statuses(null)).toEqual(new Set([401, 429]));
  // Whatever else came from the same network.
  expect(await statuses(sign(body))).toEqual(new Set([200]));
  await strict.stop();
});

it('is not there without a secret', async () => {
  const { messaging } = api.config;
  const whatsapp = { ...messaging.whatsapp, appSecret: null, verifyToken: null };
  const shut = await startApiOn({ ...api.config, messaging: { ...messaging, whatsapp } });
  const asked = await fetch(`${shut.url}${path}?hub.mode=subscribe`);
  const posted = await post(written(), sign(written(), ''), {}, shut.url);
  await shut.stop();
  expect([asked.status, posted.status]).toEqual([404, 404]);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) if (await isSo()) return;
  throw new Error('It did not come to that');
}
