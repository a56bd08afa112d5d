import type { Principal } from '@sinkron/access';
import { newId } from '@sinkron/database';
import { Handoffs } from './handoffs';
import { EscalationDesk } from './testing/escalation-desk';

const receipt = { who: 'Petugas piket', how: 'Membalas WhatsApp' };
const hour = 3_600_000;

let desk: EscalationDesk;
let handoffs: Handoffs;
let officer: Principal;
let escalationId: string;

beforeAll(async () => {
  desk = await EscalationDesk.start();
  handoffs = desk.app.get(Handoffs);
  officer = await desk.officer('officer', '3319');
});
afterAll(() => desk.close());

beforeEach(async () => {
  escalationId = await desk.escalate();
});

it('puts an escalation back on the open list when no receipt comes, and takes it off when it comes late', async () => {
  const id = await sent();
  await desk.forward(hour);
  await desk.work('receipt');
  expect(await state()).toBe('open');
  await handoffs.received(officer, id, receipt);
  expect(await state()).toBe('handed_off');
});

it('leaves an escalation handed off when one contact has it and another stays silent or was a mistake', async () => {
  const one = await sent();
  await sent();
  const mistaken = await sent();
  await handoffs.received(officer, one, receipt);
  await desk.forward(hour);
  await desk.work('receipt');
  expect(await state()).toBe('handed_off');
  await handoffs.voided(officer, mistaken);
  expect(await state()).toBe('handed_off');
});

it('asks again when the centre has confirmed the receipt and no outcome follows', async () => {
  await handoffs.received(officer, await sent(), receipt);
  await desk.forward(4 * hour - 1);
  await desk.work('ladder');
  expect(await state()).toBe('handed_off');
  await desk.forward(1);
  await desk.work('ladder');
  expect(await state()).toBe('open');
  expect((await desk.story(escalationId)).slice(-4)).toEqual([
    'receipt_confirmed',
    'unacknowledged',
    'policy_taken',
    'step',
  ]);
});

it('sends several in one message, and each keeps its own receipt', async () => {
  const other = await desk.escalate();
  const bundleId = newId();
  const composed = await handoffs.compose(officer, {
    bundleId,
    escalationIds: [escalationId, other],
    contactId: newId(),
    channel: 'email',
  });
  expect(composed.map(({ escalationId: id }) => id)).toEqual([escalationId, other]);
  await handoffs.sent(officer, bundleId);
  await handoffs.received(officer, composed[1]!.id, receipt);
  const [first, second] = [await desk.escalation(escalationId), await desk.escalation(other)];
  expect([first.state, first.receivedAt]).toEqual(['handed_off', null]);
  expect([second.state, second.receivedAt]).toEqual(['handed_off', desk.clock]);
  // What is said of the whole message is refused where one of its hand-offs stands further already.
  await expect(handoffs.received(officer, bundleId, receipt)).rejects.toMatchObject({ kind: 'conflict' });
  expect((await desk.escalation(escalationId)).receivedAt).toBeNull();
});

async function sent(): Promise<string> {
  const bundleId = newId();
  const message = { bundleId, escalationIds: [escalationId], contactId: newId(), channel: 'whatsapp' };
  await handoffs.compose(officer, message);
  await handoffs.sent(officer, bundleId);
  return bundleId;
}

async function state(): Promise<string> {
  return (await desk.escalation(escalationId)).state;
}
