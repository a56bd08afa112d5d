import { eventsDesk, type EventsDesk } from './testing/events-desk';
import { selectRows } from '@sinkron/database';
import { Event, recordEvents } from '@sinkron/events';
import { Delivery } from '@sinkron/messaging';

const day = 24 * 3_600_000;
let desk: EventsDesk;

beforeEach(async () => {
  desk = await eventsDesk({ durations: { eventsKept: day } });
});
afterEach(() => desk.close());

const events = () =>
  desk.transactions.run((transaction) =>
    selectRows(transaction, Event, 'where position is not null order by position', []),
  );
const deliveries = () =>
  desk.transactions.run((transaction) => selectRows(transaction, Delivery, 'order by id', []));

const endpoint = async (office: string, types = ['ticket.overdue' as const]) =>
  desk.endpoints.create(await desk.at(office), {
    url: 'http://127.0.0.1:1/hook',
    description: 'Konsol',
    types,
  });

it('publishes everything once, however many publish at the same time', async () => {
  await desk.happen('3319', 450);
  const { id } = await endpoint('33');
  const passes = await Promise.all([1, 2, 3, 4].map(() => desk.events.publish()));
  expect(passes.reduce((sum, one) => sum + one)).toBe(450);
  expect((await events()).map(({ position }) => position)).toEqual(
    Array.from({ length: 450 }, (_, at) => at + 1),
  );
  const made = await deliveries();
  expect(new Set(made.map(({ eventId }) => eventId)).size).toBe(450);
  expect(
    made.every(({ endpointId, state, kind }) => endpointId === id && state === 'waiting' && kind === 'event'),
  ).toBe(true);
  const work = await desk.transactions.query(`select subject_id from work where kind = 'webhook'`);
  expect(work).toHaveLength(450);
  expect(await desk.events.publish()).toBe(0);
});

it('gives what commits late a later position, whatever its id', async () => {
  let commit = () => {};
  const held = new Promise<void>((resolve) => (commit = resolve));
  let hasRecorded = () => {};
  const recorded = new Promise<void>((resolve) => (hasRecorded = resolve));
  const late = desk.transactions.run(async (transaction) => {
    await recordEvents(transaction, {
      type: 'ticket.resolved',
      subject: 'LATE',
      officeId: null,
      data: { ticket: 'LATE', outcome: 'match' },
    });
    hasRecorded();
    await held;
  });
  await recorded;
  await desk.happen('3319', 2);
  expect(await desk.events.publish()).toBe(2);
  commit();
  await late;
  expect(await desk.events.publish()).toBe(1);
  expect((await events()).map(({ subject }) => subject)).toEqual(['7K3M-0', '7K3M-1', 'LATE']);
});

it('sends an endpoint the events of its types and offices, and those that concern everybody', async () => {
  const kudus = await endpoint('3319');
  const jateng = await endpoint('33');
  const nation = await endpoint('ID');
  await endpoint('35');
  const off = await endpoint('3319');
  await desk.endpoints.disable(await desk.at('3319'), off.id);

  await desk.happen('3319');
  await desk.happen('3319', 1, 'delivery.dead');
  await desk.events.publish();
  const endpoints = (await deliveries()).map(({ endpointId }) => endpointId);
  expect(endpoints).toHaveLength(3);
  expect(new Set(endpoints)).toEqual(new Set([kudus.id, jateng.id, nation.id]));

  await desk.happen(null);
  await desk.events.publish();
  expect(await deliveries()).toHaveLength(3 + 4);
});

it('deletes what is old from the oldest on, up to what is still to be delivered', async () => {
  await endpoint('3319');
  await desk.happen('3509', 2);
  await desk.events.publish();
  await desk.happen('3319');
  await desk.events.publish();
  await desk.happen('3509');
  await desk.events.publish();
  await desk.happen('3509');
  expect(await desk.events.forgetOld()).toBe(0);
  await desk.transactions.execute('update event set at = at - interval 2 day');
  expect(await desk.events.forgetOld()).toBe(2);
  await desk.transactions.execute(`update delivery set state = 'sent'`);
  expect(await desk.events.forgetOld()).toBe(2);
  // It was not published yet.
  expect(await desk.events.publish()).toBe(1);
});
