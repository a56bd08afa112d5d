import { EscalationDesk } from '../testing/escalation-desk';
import { EscalationMoves } from './escalation-moves';
import { Escalations } from './escalations';
import type { OfficerActor } from '@sinkron/accounts';
import { fromBinary, newId } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';

const minute = 60_000;

let desk: EscalationDesk;
let head: OfficerActor;
beforeAll(async () => {
  desk = await EscalationDesk.start({ environment: { EMAIL_DRIVER: 'log', WHATSAPP_DRIVER: 'log' } });
  head = await desk.officer('supervisor', '3319');
});
afterAll(() => desk.close());

beforeEach(async () => {
  for (const table of ['work', 'delivery', 'delivery_item', 'destination', 'event', 'escalation'])
    await desk.sql(`delete from ${table}`);
});

/** An escalation about which the ladder has asked everybody of its first step. */
async function asked(ticketId = newId()): Promise<string> {
  const id = await desk.escalate('3319', { ticketId });
  await desk.work('ladder');
  await desk.work('delivery');
  return id;
}

const withdraw = (ticketId: string, by: string | null = null) =>
  desk.transactions.run(async (transaction) => {
    const escalations = desk.app.get(Escalations);
    const open = await escalations.openForTicket(transaction, ticketId);
    if (open) await escalations.withdraw(transaction, open, 'suspended', by);
  });

/** Who was told that nothing waits for them any more, and what became of the message. */
async function told(): Promise<[string, unknown][]> {
  await desk.forward(5 * minute);
  await desk.work('delivery');
  const rows = await desk.sql<{ officer_id: Buffer; state: string }>(
    `select i.officer_id, d.state from delivery_item i join delivery d on d.id = i.delivery_id
     where d.template = 'no_longer_needed' order by i.officer_id`,
  );
  return rows.map(({ officer_id: id, state }) => [fromBinary(id), state]);
}

it('is over for good: nobody is asked any more, it is never unanswered, and who was asked is told', async () => {
  const ticketId = newId();
  const id = await asked(ticketId);
  await withdraw(ticketId);
  expect(await desk.escalation(id)).toMatchObject({ state: 'resolved', outcome: 'withdrawn' });
  for (let step = 0; step < 4; step++) {
    await desk.forward(24 * 60 * minute);
    await desk.work('ladder');
  }
  expect((await desk.story(id)).filter((kind) => kind === 'step' || kind === 'unanswered')).toEqual(['step']);
  expect(await told()).toEqual([[head.officerId, 'sent']]);
  const data = await desk.sql(`select json_value(data, '$.cause') as cause from event
    where type = 'escalation.resolved'`);
  expect(data).toEqual([{ cause: 'suspended' }]);
});

it('tells whoever has it, but not whoever ends it', async () => {
  const ticketId = newId();
  const id = await asked(ticketId);
  await desk.app.get(EscalationMoves).acknowledge(head, id);
  const other = await desk.officer('officer', '3319');
  await desk.app.get(EscalationMoves).resolve(other, id, 'false_alarm', null);
  expect(await told()).toEqual([[head.officerId, 'sent']]);
  await desk.sql('delete from delivery');
  const mine = await asked(newId());
  await desk.app.get(EscalationMoves).acknowledge(head, mine);
  await desk.app.get(EscalationMoves).resolve(head, mine, 'false_alarm', null);
  expect(await told()).toEqual([]);
});

it('takes back what has not left yet, and tells nobody of that', async () => {
  const ticketId = newId();
  await desk.escalate('3319', { ticketId });
  await desk.work('ladder');
  await withdraw(ticketId);
  expect(await told()).toEqual([]);
  expect(await desk.sql('select state, reason from delivery')).toEqual([
    { state: 'dismissed', reason: 'overtaken' },
  ]);
});

it('tells of many in one message', async () => {
  const tickets = [newId(), newId(), newId()];
  for (const ticketId of tickets) await asked(ticketId);
  await desk.forward(5 * minute);
  await desk.work('delivery');
  for (const ticketId of tickets) await withdraw(ticketId);
  expect(await told()).toHaveLength(3);
  const messages = await desk.sql(`select state from delivery where template = 'no_longer_needed'`);
  expect(messages).toEqual([{ state: 'sent' }]);
});

it('tells whoever had it that the ticket has gone to another office, where others are asked', async () => {
  const ticketId = newId();
  const id = await asked(ticketId);
  await desk.app.get(EscalationMoves).acknowledge(head, id);
  const tree = await desk.app.get(OfficeDirectory, { strict: false }).tree();
  await desk.transactions.run((transaction) =>
    desk.app.get(Escalations).changeOffice(transaction, ticketId, tree.findByCode('33')!.id, null),
  );
  // What ends afterwards takes the message back from nobody.
  await withdraw(ticketId);
  expect(await told()).toEqual([[head.officerId, 'sent']]);
});
