import { EscalationMoves } from '../moves/escalation-moves';
import { EscalationDesk } from '../testing/escalation-desk';
import { Handoffs } from './handoffs';
import type { OfficerActor } from '@sinkron/accounts';
import { newId } from '@sinkron/database';

const confirmation = { who: 'Petugas piket', how: 'Membalas WhatsApp' };
const hour = 3_600_000;

let desk: EscalationDesk;
let handoffs: Handoffs;
let officer: OfficerActor;
let escalationId: string;

beforeAll(async () => {
  desk = await EscalationDesk.start({ environment: { EMAIL_DRIVER: 'log' } });
  handoffs = desk.app.get(Handoffs);
  officer = await desk.officer('officer', '3319');
});
afterAll(() => desk.close());

beforeEach(async () => {
  escalationId = await desk.escalate();
});

it('puts an escalation back on the open list when no confirmation comes, and takes it off when one comes late', async () => {
  const id = await sent();
  await desk.forward(hour);
  await desk.work('confirmation');
  expect(await state()).toBe('open');
  await handoffs.confirmed(officer, id, confirmation);
  expect(await state()).toBe('handed_off');
});

it('leaves an escalation handed off when one contact has it and another stays silent or was a mistake', async () => {
  const one = await sent();
  await sent();
  const mistaken = await sent();
  await handoffs.confirmed(officer, one, confirmation);
  await desk.forward(hour);
  await desk.work('confirmation');
  expect(await state()).toBe('handed_off');
  await handoffs.voided(officer, mistaken);
  expect(await state()).toBe('handed_off');
});

it('asks again when the centre has confirmed and no outcome follows', async () => {
  await handoffs.confirmed(officer, await sent(), confirmation);
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

it('sends several in one message, and each has its own confirmation', async () => {
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
  await handoffs.confirmed(officer, composed[1]!.id, confirmation);
  const first = await desk.escalation(escalationId);
  const second = await desk.escalation(other);
  expect([first.state, first.receivedAt]).toEqual(['handed_off', null]);
  expect([second.state, second.receivedAt]).toEqual(['handed_off', desk.clock]);
  // Confirming the whole message concerns those that are not confirmed yet.
  await handoffs.confirmed(officer, bundleId, confirmation);
  expect((await desk.escalation(escalationId)).receivedAt).toEqual(desk.clock);
  await expect(handoffs.confirmed(officer, bundleId, confirmation)).rejects.toMatchObject({
    kind: 'conflict',
  });
});

it('takes an escalation from nobody when a hand-off whose confirmation was late turns out to be a mistake', async () => {
  const late = await sent();
  await desk.forward(hour);
  await desk.work('confirmation');
  const other = await desk.officer('officer', '3319');
  await desk.app.get(EscalationMoves).acknowledge(other, escalationId);
  await handoffs.voided(officer, late);
  expect(await desk.escalation(escalationId)).toMatchObject({
    state: 'acknowledged',
    acknowledgedBy: other.officerId,
  });
});

it('shows the full numbers of what is still open once, and nothing of what is over', async () => {
  const other = await desk.escalate();
  const bundleId = newId();
  const escalationIds = [escalationId, other];
  await handoffs.compose(officer, { bundleId, escalationIds, contactId: newId(), channel: 'email' });
  await desk.app.get(EscalationMoves).resolve(officer, other, 'false_alarm', null);
  const view = () => desk.transactions.run((transaction) => handoffs.view(transaction, officer, bundleId));
  expect((await view()).map(({ id }) => id)).toEqual([escalationId]);
  await expect(view()).rejects.toMatchObject({ kind: 'conflict' });
});

async function sent(): Promise<string> {
  const bundleId = newId();
  const message = {
    bundleId,
    escalationIds: [escalationId],
    contactId: newId(),
    channel: 'whatsapp' as const,
  };
  await handoffs.compose(officer, message);
  await handoffs.sent(officer, bundleId);
  return bundleId;
}

async function state(): Promise<string> {
  return (await desk.escalation(escalationId)).state;
}
