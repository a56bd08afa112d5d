import { ResyncDesk } from './testing/resync-desk';
import { fromBinary, toBinary } from '@sinkron/database';
import { type PersonChannel, DeliveryReports } from '@sinkron/messaging';
import { NoticeConsents } from '@sinkron/tickets';

jest.setTimeout(60_000);
const minute = 60_000;
const day = 24 * 60 * minute;

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261128, { environment: { WHATSAPP_DRIVER: 'log', EMAIL_DRIVER: 'log' } });
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.clear();
  for (const table of ['delivery', 'consent', 'event']) await desk.sql(`delete from ${table}`);
});

const address = { phone: '+628100000003', email: 'melati@demo.sinkron.test' };

/** A ticket of somebody who is out of step with the centre and wants to be told by these. */
async function newTicket(notices: PersonChannel[] | undefined, reached: object = address) {
  const person = await desk.residentWithOldKk();
  const { nik, noKk: kk, name, birthDate, sex } = person;
  const applicant = { nik, kk, name, birthDate, sex, ...reached };
  return { ...(await desk.complain(person, { applicant, notices })), person };
}

async function resolve(): Promise<void> {
  await desk.work('push');
  await desk.forward(5 * minute);
  await desk.work('verify');
}

/** The notices of a ticket and what became of them, oldest first. */
async function noticesOf(id: string) {
  const rows = await desk.sql(
    'select template, channel, state, reason from delivery where recipient_kind = "ticket" and recipient_id = ? order by id',
    [toBinary(id)],
  );
  return rows.map(({ template, channel, state, reason }) => [template, channel, state, reason].join(' '));
}

describe('a ticket with consent', () => {
  it('tells no second time of the same round, whatever is done twice', async () => {
    const { id } = await newTicket(['whatsapp']);
    await resolve();
    const before = await noticesOf(id);
    await desk.sql(`update ticket set state = 'open', open_marker = 1, closed_at = null where id = ?`, [
      toBinary(id),
    ]);
    await desk.sql('delete from reading');
    await desk.sql(
      `insert into work (id, kind, subject_id, due_at, lane, rank_at, lease_no, attempts)
       values (?, 'verify', ?, utc_timestamp(3), 'regular', utc_timestamp(3), 0, 0)`,
      [toBinary(id), toBinary(id)],
    );
    await desk.work('verify');
    expect(await desk.ticket(id)).toMatchObject({ state: 'resolved' });
    expect(await noticesOf(id)).toEqual(before);
  });

  it('is told by no other channel once consent is withdrawn, though WhatsApp gives back what it took', async () => {
    const { code, id } = await newTicket(['whatsapp', 'email']);
    await desk.work('delivery');
    await desk.app.get(NoticeConsents).set(desk.officer, code, []);
    const [row] = await desk.sql('select id from delivery');
    const receipt = { providerId: 'wamid.X', deliveryId: fromBinary(row!.id as Buffer), at: desk.clock };
    await desk.app.get(DeliveryReports).take({ ...receipt, status: 'failed', reason: 'not_on_whatsapp' });
    await desk.work('delivery');
    expect(await noticesOf(id)).toEqual([
      'notice_received whatsapp failed not_on_whatsapp',
      'notice_received email dismissed consent_withdrawn',
    ]);
  });
});

it('events tell programs that a ticket is overdue, and that it is done', async () => {
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  const { code } = await newTicket(undefined);
  await desk.work('push');
  await desk.forward(day);
  await desk.work('deadline');
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
  const [{ dueAt } = {}] = await desk.sql('select due_at as dueAt from ticket');
  const other = await newTicket(undefined);
  await resolve();
  const events = await desk.sql(
    `select type, subject, data from event where type like 'ticket.%' order by type, id`,
  );
  expect(events.map(({ data, ...event }) => ({ ...event, ...JSON.parse(String(data)) }))).toEqual([
    {
      type: 'ticket.overdue',
      subject: code,
      ticket: code,
      dueAt: (dueAt as Date).toISOString(),
    },
    { type: 'ticket.resolved', subject: other.code, ticket: other.code, outcome: 'synchronised' },
  ]);
});
