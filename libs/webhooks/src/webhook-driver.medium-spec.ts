import { once } from 'node:events';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventsDesk, type EventsDesk } from './testing/events-desk';
import type { WebhookWithSecret } from './webhook-endpoints';
import { selectRows, toBinary } from '@sinkron/database';
import { Delivery } from '@sinkron/messaging';
import { Webhook } from 'standardwebhooks';

const hour = 3_600_000;
const patience = 5 * hour;

/** What a receiver saw, and how it answers. */
const receiver = {
  status: 200,
  headers: {} as Record<string, string>,
  /** What else happens while it is called. */
  meanwhile: () => Promise.resolve<unknown>(null),
  seen: [] as { body: string; headers: IncomingHttpHeaders }[],
};
let server: Server;
let url: string;
let desk: EventsDesk;

beforeAll(async () => {
  server = createServer((request, answer) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      receiver.seen.push({ body, headers: request.headers });
      void receiver.meanwhile().then(() => answer.writeHead(receiver.status, receiver.headers).end());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=k`;
});
afterAll(() => server.close());

beforeEach(async () => {
  Object.assign(receiver, { status: 200, headers: {}, seen: [], meanwhile: () => Promise.resolve() });
  desk = await eventsDesk({ durations: { endpointPatience: patience, secretOverlap: hour } });
});
afterEach(() => desk.close());

/** An endpoint of Kudus, and the delivery of one event there. */
async function toKudus(): Promise<{ endpoint: WebhookWithSecret; delivery: Delivery }> {
  const endpoint = await desk.endpoints.create(await desk.at('3319'), {
    url,
    description: 'Konsol',
    types: ['ticket.overdue'],
  });
  await desk.happen('3319');
  await desk.events.publish();
  return { endpoint, delivery: await delivered() };
}

async function delivered(): Promise<Delivery> {
  const [delivery] = await desk.transactions.run((transaction) =>
    selectRows(transaction, Delivery, 'order by id desc limit 1', []),
  );
  return Object.assign(delivery!, { state: 'sending', attempts: 1 });
}

const shown = async (id: string) => desk.endpoints.find(await desk.at('3319'), id);
const signed = (secret: string, { body, headers }: (typeof receiver.seen)[number]) =>
  new Webhook(secret).verify(body, headers as Record<string, string>);
const later = (milliseconds: number) => desk.database.setClock(new Date(Date.now() + milliseconds));

it('posts a CloudEvent that the receiver can verify, the same in every attempt', async () => {
  const { endpoint, delivery } = await toKudus();
  receiver.status = 500;
  expect(await desk.driver.send(delivery)).toEqual({ end: 'later', reason: 'status_500' });
  receiver.status = 204;
  expect(await desk.driver.send(delivery)).toEqual({ end: 'sent', providerId: null });

  const [first, second] = receiver.seen;
  expect(signed(endpoint.secret, first!)).toMatchObject({
    specversion: '1.0',
    id: delivery.eventId,
    type: 'ticket.overdue',
    subject: '7K3M-0',
    data: { ticket: '7K3M-0', office: '3319' },
  });
  expect(second!.body).toBe(first!.body);
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect(first!.headers).toMatchObject({
    'webhook-id': delivery.eventId,
    'content-type': 'application/cloudevents+json',
  });
  expect(() => signed(`whsec_${Buffer.alloc(32).toString('base64')}`, first!)).toThrow(/signature/);
});

it('signs with both secrets while one is replaced, and with the new one afterwards', async () => {
  const { endpoint, delivery } = await toKudus();
  const { secret } = await desk.endpoints.rotateSecret(await desk.at('3319'), endpoint.id);
  await desk.driver.send(delivery);
  signed(endpoint.secret, receiver.seen[0]!);
  signed(secret, receiver.seen[0]!);

  await later(hour + 60_000);
  await desk.driver.send(delivery);
  const header = String(receiver.seen[1]!.headers['webhook-signature']);
  expect(header.split(' ')).toHaveLength(1);
  // Its own time-stamp is an hour ahead of the receiver's clock, which verifying would refuse.
  const at = new Date(Number(receiver.seen[1]!.headers['webhook-timestamp']) * 1000);
  expect(header).toBe(new Webhook(secret).sign(delivery.eventId!, at, receiver.seen[1]!.body));
});

it('is disabled at once by 410, and is sent nothing any more', async () => {
  const { endpoint, delivery } = await toKudus();
  await desk.happen('3319');
  await desk.events.publish();
  receiver.status = 410;
  // As the sender marks the one that is on its way.
  await desk.transactions.execute(`update delivery set state = 'sending' where id = ?`, [
    toBinary(delivery.id),
  ]);
  expect(await desk.driver.send(delivery)).toEqual({ end: 'refused', reason: 'gone' });
  expect(await shown(endpoint.id)).toMatchObject({ disabledReason: 'gone' });
  expect(await desk.driver.send(delivery)).toEqual({ end: 'refused', reason: 'endpoint_disabled' });
  expect(receiver.seen).toHaveLength(1);

  const states = await desk.transactions.query('select state, reason from delivery order by id');
  expect(states).toEqual([
    { state: 'sending', reason: null },
    { state: 'dismissed', reason: 'endpoint_disabled' },
  ]);
  const audit = await desk.transactions.query(
    `select officer_id, detail from audit where action = 'webhook_disabled'`,
  );
  expect(audit).toEqual([
    { officer_id: null, detail: JSON.stringify({ webhook: endpoint.id, reason: 'gone' }) },
  ]);
});

it('is disabled when it has failed for too long, and not while it recovers in between', async () => {
  const { endpoint, delivery } = await toKudus();
  receiver.status = 500;
  await desk.driver.send(delivery);
  expect((await shown(endpoint.id)).failingSince).not.toBeNull();
  receiver.status = 200;
  await desk.driver.send(delivery);
  expect((await shown(endpoint.id)).failingSince).toBeNull();

  receiver.status = 500;
  await desk.driver.send(delivery);
  await later(patience - 60_000);
  expect(await desk.driver.send(delivery)).toMatchObject({ end: 'later' });
  await later(patience + 60_000);
  expect(await desk.driver.send(delivery)).toEqual({ end: 'refused', reason: 'endpoint_disabled' });
  expect(await shown(endpoint.id)).toMatchObject({ disabledReason: 'failing' });

  expect(await desk.endpoints.enable(await desk.at('3319'), endpoint.id)).toMatchObject({
    failingSince: null,
    disabledAt: null,
  });
  receiver.status = 200;
  expect(await desk.driver.send(delivery)).toEqual({ end: 'sent', providerId: null });
});

it.each([
  ['120', 120_000],
  // Who asks for no patience at all, or for a year of it, gets what is reasonable.
  ['0', 10_000],
  ['31536000', hour],
])('waits as a receiver asks by Retry-After: %s', async (header, milliseconds) => {
  const { delivery } = await toKudus();
  Object.assign(receiver, { status: 429, headers: { 'retry-after': header } });
  const attempt = await desk.driver.send(delivery);
  expect(attempt).toMatchObject({ end: 'later', reason: 'status_429' });
  const wait = 'wait' in attempt ? attempt.wait! : 0;
  expect(wait).toBeGreaterThanOrEqual(milliseconds * 0.9);
  expect(wait).toBeLessThanOrEqual(milliseconds * 1.1);
});

it('leaves an endpoint alone that was switched off while it was called', async () => {
  const { endpoint, delivery } = await toKudus();
  receiver.status = 500;
  receiver.meanwhile = async () => desk.endpoints.disable(await desk.at('3319'), endpoint.id);
  expect(await desk.driver.send(delivery)).toEqual({ end: 'refused', reason: 'endpoint_disabled' });
  expect(await shown(endpoint.id)).toMatchObject({ disabledReason: 'by_hand', failingSince: null });
});

it('says what it could not reach, and what is not there any more', async () => {
  const { endpoint, delivery } = await toKudus();
  Object.assign(receiver, { status: 302, headers: { location: 'http://127.0.0.1:1/' } });
  expect(await desk.driver.send(delivery)).toEqual({ end: 'later', reason: 'redirect' });
  await desk.transactions.execute('delete from event');
  expect(await desk.driver.send(delivery)).toEqual({ end: 'refused', reason: 'event_forgotten' });
  await desk.endpoints.remove(await desk.at('3319'), endpoint.id);
  expect(await desk.driver.send(delivery)).toEqual({ end: 'refused', reason: 'endpoint_removed' });
});
