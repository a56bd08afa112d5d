import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of the messages that it takes, so many get no answer: our sender must wait for the report before it sends again. */
const lostAnswerShare = 0.05;

/**
 * A stand-in for WhatsApp's Cloud API that takes everything, counts it, and reports every message to our webhook, again
 * and again until that is taken.
 *
 * @returns {Promise<{ environment: object, reportTo: (webhook: string) => void, taken: Taken[], stop: () => void }>}
 * @typedef {{ to: string, template: string, delivery: string }} Taken the delivery by our own id
 */
export async function startMessages() {
  const phoneNumberId = '100';
  const [token, appSecret] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  const taken = [];
  const ending = new AbortController();
  let webhook = null;

  const report = async (id, to, opaque, status) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const statuses = [{ id, status, timestamp, recipient_id: to.slice(1), biz_opaque_callback_data: opaque }];
    const metadata = { display_phone_number: '628100000000', phone_number_id: phoneNumberId };
    const value = { messaging_product: 'whatsapp', metadata, statuses };
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
    });
    const signature = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
    while (!ending.signal.aborted) {
      const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(5_000)]);
      const answer = await fetch(webhook, { method: 'POST', headers, body, signal }).catch(() => null);
      await answer?.body?.cancel().catch(() => undefined);
      if (answer?.ok) return;
      await sleep(300);
    }
  };
  const take = async (request, response) => {
    try {
      const { to: digits, template, biz_opaque_callback_data: opaque } = await json(request);
      const to = digits.startsWith('+') ? digits : `+${digits}`;
      const id = `wamid.${randomBytes(24).toString('base64')}`;
      taken.push({ to, template: template.name, delivery: opaque });
      void report(id, to, opaque, 'sent').then(() => report(id, to, opaque, 'delivered'));
      if (randomInt(1_000) < lostAnswerShare * 1_000) return void request.socket.destroy();
      const answer = { messaging_product: 'whatsapp', contacts: [], messages: [{ id }] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    } catch {
      request.socket.destroy();
    }
  };
  const server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    taken,
    environment: {
      WHATSAPP_DRIVER: 'cloud',
      WHATSAPP_API_URL: `http://127.0.0.1:${server.address().port}/v23.0`,
      WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
      WHATSAPP_TOKEN: token,
      WHATSAPP_APP_SECRET: appSecret,
      WHATSAPP_VERIFY_TOKEN: randomBytes(16).toString('hex'),
      WHATSAPP_USER_SECONDS: '1',
    },
    reportTo: (url) => void (webhook = url),
    stop() {
      ending.abort();
      server.closeAllConnections();
      server.close();
    },
  };
}
