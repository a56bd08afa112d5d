import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AskedMessage, judge, type TakenMessage } from './whatsapp-cloud-rules';

/** What goes wrong with the next call: an error of theirs, or no proper answer. */
export type CloudTrouble =
  | { code: number; status: number; subcode?: number }
  /** No answer, and nothing taken. */
  | 'silence'
  /** The message is taken and the answer never comes. */
  | 'lost answer'
  | 'reset'
  | 'garbage'
  /** An answer without an end. */
  | 'flood';

export interface WhatsAppStandInOptions {
  token: string;
  phoneNumberId: string;
  appSecret: string;
  verifyToken: string;
  /** Seconds between two messages to one user; WhatsApp's own are 6. */
  pairSeconds?: number;
}

/** WhatsApp's Business Cloud API on loopback, with its rules; and, by `hears`, the people who use WhatsApp. */
export interface WhatsAppStandIn {
  /** What `WHATSAPP_API_URL` is set to. */
  url: string;
  port: number;
  /** What was taken, the oldest first. */
  sent: TakenMessage[];
  /** How many calls came, refused ones included. */
  calls(): number;
  /** Sets our webhook up, as Meta does. @throws Error when it does not answer the challenge */
  register(webhookUrl: string): Promise<void>;
  /** Approves a template in Indonesian. */
  approve(name: string, parameterCount: number): void;
  /** Somebody writes to us: the window opens and, where there is a webhook, it is told. @param phone E.164 */
  hears(phone: string, text: string): Promise<void>;
  /** The window of this number ends now. */
  lapses(phone: string): void;
  /** What happens to the next calls, one each. */
  fail(...next: CloudTrouble[]): void;
  /** Whether receipts are told; they are at first. */
  tellsStatuses(on: boolean): void;
  /** Tells a receipt by hand, such as a failure after the message was taken. */
  tells(message: TakenMessage, status: string, errorCode?: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startWhatsAppStandIn(options: WhatsAppStandInOptions): Promise<WhatsAppStandIn> {
  const { token, phoneNumberId, appSecret, verifyToken, pairSeconds = 6 } = options;
  const sent: TakenMessage[] = [];
  const heard = new Map<string, Date>();
  const written = new Map<string, Date>();
  const approved = new Map<string, number>();
  const troubles: CloudTrouble[] = [];
  const told = new Set<Promise<void>>();
  let calls = 0;
  let webhook: string | null = null;
  let statuses = true;
  const ending = new AbortController();

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    calls += 1;
    const asked = (await json(request)) as AskedMessage;
    const trouble = troubles.shift();
    if (trouble === 'silence') return;
    if (trouble === 'reset') return void request.socket.destroy();
    if (trouble === 'garbage') return void response.writeHead(200).end('<html>not what you expect</html>');
    if (trouble === 'flood') return flood(response);
    if (typeof trouble === 'object') return refuse(response, trouble);

    if (request.headers.authorization !== `Bearer ${token}`)
      return refuse(response, { code: 190, status: 401 });
    if (request.method !== 'POST' || request.url !== `/v23.0/${phoneNumberId}/messages`)
      return refuse(response, { code: 100, status: 400, subcode: 33 });
    const judged = judge(asked, { heard, written, approved, pairSeconds }, new Date());
    if (typeof judged === 'number') return refuse(response, { code: judged, status: 400 });

    const message: TakenMessage = { id: `wamid.${randomBytes(24).toString('base64')}`, ...judged };
    sent.push(message);
    written.set(message.to, message.at);
    if (trouble !== 'lost answer') {
      const { to, id } = message;
      const contacts = [{ input: to, wa_id: to.slice(1) }];
      send(response, 200, { messaging_product: 'whatsapp', contacts, messages: [{ id }] });
    }
    if (statuses) later(tells(message, 'sent').then(() => tells(message, 'delivered')));
  }

  function tells(message: TakenMessage, status: string, errorCode?: number): Promise<void> {
    const receipt = {
      id: message.id,
      status,
      timestamp: seconds(new Date()),
      recipient_id: message.to.slice(1),
      ...(message.opaque !== null && { biz_opaque_callback_data: message.opaque }),
      ...(errorCode !== undefined && { errors: [{ code: errorCode, title: 'It failed' }] }),
    };
    return post({ statuses: [receipt] });
  }

  /** At least once: again and again until it is taken, as Meta does for days. */
  async function post(value: object): Promise<void> {
    if (webhook === null) return;
    const metadata = { display_phone_number: '628100000000', phone_number_id: phoneNumberId };
    const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
    const entry = [{ id: '1', changes: [change] }];
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
    const signature = createHmac('sha256', appSecret).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
    const { signal } = ending;
    while (!signal.aborted) {
      const taken = await fetch(webhook, { method: 'POST', headers, body, signal }).catch(() => null);
      if (taken?.ok) return;
      await sleep(250);
    }
  }

  function later(work: Promise<void>): void {
    told.add(work);
    void work.finally(() => told.delete(work));
  }

  return {
    url: `http://127.0.0.1:${port}/v23.0`,
    port,
    sent,
    calls: () => calls,
    async register(url) {
      const challenge = randomBytes(8).toString('hex');
      const query = new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.challenge': challenge,
        'hub.verify_token': verifyToken,
      });
      const answered = await fetch(`${url}?${query.toString()}`);
      if (!answered.ok || (await answered.text()) !== challenge)
        throw new Error(`The webhook did not answer the challenge: ${answered.status}`);
      webhook = url;
    },
    approve: (name, parameterCount) => void approved.set(name, parameterCount),
    async hears(phone, text) {
      const at = new Date();
      heard.set(phone, at);
      const from = phone.slice(1);
      const id = `wamid.${randomBytes(24).toString('base64')}`;
      await post({
        contacts: [{ profile: { name: 'Melati' }, wa_id: from }],
        messages: [{ from, id, timestamp: seconds(at), type: 'text', text: { body: text } }],
      });
    },
    lapses: (phone) => void heard.delete(phone),
    fail: (...next) => void troubles.push(...next),
    tellsStatuses(on) {
      statuses = on;
    },
    tells,
    async stop() {
      ending.abort();
      server.closeAllConnections();
      server.close();
      await Promise.all(told);
    },
  };
}

function refuse(response: ServerResponse, { code, status, subcode }: Exclude<CloudTrouble, string>): void {
  const error = { message: `(#${code}) It did not do`, type: 'OAuthException', code, fbtrace_id: 'A1' };
  send(response, status, { error: { ...error, ...(subcode !== undefined && { error_subcode: subcode }) } });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(16_384)));
  };
  response.on('drain', more);
  more();
}

function seconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1000));
}
