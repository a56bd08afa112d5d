import { setTimeout as sleep } from 'node:timers/promises';
import { Acknowledgements } from '../moves/acknowledgements';
import { EscalationMoves } from '../moves/escalation-moves';
import { EscalationDesk } from '../testing/escalation-desk';
import { type OfficerActor, SignedLinks } from '@sinkron/accounts';
import { fromBinary, newId } from '@sinkron/database';
import { Deliveries, DeliveryReports } from '@sinkron/messaging';
import { startWhatsAppStandIn, type WhatsAppStandIn } from '@sinkron/testing';

const second = 1000;
const cloud = {
  token: 'a token of the Cloud API',
  phoneNumberId: '100200300',
  appSecret: 'a secret of the app',
  verifyToken: 'a token to verify by',
  pairSeconds: 0,
};

let whatsapp: WhatsAppStandIn;
let desk: EscalationDesk;
let head: OfficerActor;
beforeAll(async () => {
  whatsapp = await startWhatsAppStandIn(cloud);
  whatsapp.approve('sinkron_step', 6);
  desk = await EscalationDesk.start({
    durations: { deliveryTimeout: 500 },
    environment: {
      WHATSAPP_DRIVER: 'cloud',
      WHATSAPP_API_URL: whatsapp.url,
      WHATSAPP_PHONE_NUMBER_ID: cloud.phoneNumberId,
      WHATSAPP_TOKEN: cloud.token,
      WHATSAPP_APP_SECRET: cloud.appSecret,
      WHATSAPP_VERIFY_TOKEN: cloud.verifyToken,
      WHATSAPP_USER_SECONDS: '1',
      EMAIL_DRIVER: 'log',
    },
  });
  head = await desk.officer('supervisor', '3319');
});
afterAll(async () => {
  await desk.close();
  await whatsapp.stop();
});

let serial = 300;
beforeEach(async () => {
  const tables = ['work', 'delivery', 'delivery_item', 'destination', 'event', 'escalation', 'officer'];
  for (const table of tables) await desk.sql(`delete from ${table}`);
  await desk.setClock(new Date('2026-11-23T03:00:00Z'));
  // Another number each time: who was written to just now is not written to again at once.
  await desk.officer('officer', '3319', `+628100000${++serial}`);
  await desk.escalate();
  await desk.work('ladder');
});

/** Every message, oldest first: by what, what became of it, and why. */
async function messages(): Promise<[string, string, string | null][]> {
  const rows = await desk.sql<{ channel: string; state: string; reason: string | null }>(
    'select channel, state, reason from delivery order by id',
  );
  return rows.map(({ channel, state, reason }) => [channel, state, reason]);
}

async function first(): Promise<string> {
  const [row] = await desk.sql<{ id: Buffer }>('select id from delivery order by id');
  return fromBinary(row!.id);
}

/** A delivery report of WhatsApp, as its webhook would bring it. */
function report(status: 'sent' | 'delivered' | 'read' | 'failed', deliveryId: string, reason?: string) {
  const at = desk.clock;
  return desk.app
    .get(DeliveryReports, { strict: false })
    .take({ providerId: 'wamid.X', deliveryId, status, at, reason: reason ?? null });
}

/** The pace for one user is counted in Redis, whose clock nobody moves. */
const paceOver = () => sleep(1_100);

it('goes by the next channel when WhatsApp refuses it, with everything that it asks', async () => {
  whatsapp.fail({ code: 131026, status: 400 });
  await desk.work('delivery');
  await desk.work('delivery');
  expect(await messages()).toEqual([
    ['whatsapp', 'failed', 'not_on_whatsapp'],
    ['email', 'sent', null],
  ]);
  const [items] = await desk.sql<{ n: string }>(
    `select count(*) as n from delivery_item i join delivery d on d.id = i.delivery_id where d.channel = 'email'`,
  );
  expect(Number(items!.n)).toBe(1);
});

it('goes by the next channel when WhatsApp took it and could not deliver it after all', async () => {
  await desk.work('delivery');
  await report('failed', await first(), 'not_on_whatsapp');
  await desk.work('delivery');
  expect(await messages()).toEqual([
    ['whatsapp', 'failed', 'not_on_whatsapp'],
    ['email', 'sent', null],
  ]);
});

it('waits for the report of a message whose answer was lost, and does not write twice', async () => {
  const before = whatsapp.sent.length;
  whatsapp.fail('lost answer');
  await desk.work('delivery');
  expect(await messages()).toEqual([['whatsapp', 'sending', 'no_answer']]);
  await report('delivered', await first());
  await desk.forward(60 * second);
  await desk.work('delivery');
  expect(await messages()).toEqual([['whatsapp', 'delivered', null]]);
  expect(whatsapp.sent.length - before).toBe(1);
}, 20_000);

it('writes again when WhatsApp took nothing and no report comes', async () => {
  const before = whatsapp.sent.length;
  whatsapp.fail('reset');
  await desk.work('delivery');
  await desk.forward(29 * second);
  await desk.work('delivery');
  expect(whatsapp.sent.length - before).toBe(0);
  await paceOver();
  await desk.forward(second);
  await desk.work('delivery');
  expect([await messages(), whatsapp.sent.length - before]).toEqual([[['whatsapp', 'sent', null]], 1]);
});

it('moves forward only, by reports that come twice and in any order, and ignores those of unknown messages', async () => {
  await desk.work('delivery');
  const id = await first();
  for (const status of ['read', 'delivered', 'sent', 'failed', 'read'] as const) await report(status, id);
  await report('delivered', newId());
  expect(await messages()).toEqual([['whatsapp', 'read', null]]);
});

it('does not send what was resolved meanwhile: not again, and by no other channel', async () => {
  whatsapp.fail('reset');
  await desk.work('delivery');
  const [open] = await desk.sql<{ id: Buffer }>('select id from escalation');
  await desk.app.get(EscalationMoves).resolve(head, fromBinary(open!.id), 'false_alarm', null);
  await desk.forward(60 * second);
  await desk.work('delivery');
  expect(await messages()).toEqual([['whatsapp', 'dismissed', 'overtaken']]);
});

it('lets the link of a message that arrived after all acknowledge what another channel now asks', async () => {
  await desk.work('delivery');
  const token = await desk.app.get(SignedLinks, { strict: false }).sign('acknowledge', await first(), 60_000);
  await report('failed', await first(), 'no_answer');
  await desk.work('delivery');
  expect(await desk.app.get(Acknowledgements).byLink(token, null)).toMatchObject([{ state: 'yours' }]);
});

it('does not wait for what only operators can fix while there is another channel', async () => {
  whatsapp.fail({ code: 190, status: 401 });
  await desk.work('delivery');
  await desk.work('delivery');
  expect(await messages()).toEqual([
    ['whatsapp', 'failed', 'configuration'],
    ['email', 'sent', null],
  ]);
});

it('is a dead letter when no channel is left, and a person tries it again or sees to it', async () => {
  await desk.sql(`update delivery set fallbacks = '[]'`);
  whatsapp.fail({ code: 131026, status: 400 });
  await desk.work('delivery');
  expect(await messages()).toEqual([['whatsapp', 'dead', 'not_on_whatsapp']]);
  const events = await desk.sql<{ type: string }>(`select type from event where type = 'delivery.dead'`);
  expect(events).toHaveLength(1);
  const dead = desk.app.get(Deliveries, { strict: false });
  const { items } = await dead.list(head, { state: 'dead', limit: 20 });
  expect(items).toHaveLength(1);
  await dead.retry(head, items[0]!.id);
  await expect(dead.dismiss(head, items[0]!.id)).rejects.toMatchObject({ kind: 'conflict' });
  await paceOver();
  await desk.work('delivery');
  expect(await messages()).toEqual([['whatsapp', 'sent', null]]);
});

it('is not sent to an officer who is gone', async () => {
  await desk.sql('update officer set disabled_at = utc_timestamp(3)');
  await desk.work('delivery');
  await desk.work('delivery');
  expect(await messages()).toEqual([
    ['whatsapp', 'failed', 'no_address'],
    ['email', 'dead', 'no_address'],
  ]);
});
