import { ResyncDesk } from './testing/resync-desk';
import { fromBinary, toBinary } from '@sinkron/database';
import { type PersonChannel, DeliveryReports } from '@sinkron/messaging';
import { Contests, Corrections, Moves, NoticeConsents } from '@sinkron/tickets';

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

/** A case of somebody who is out of step with the centre and wants to be told by these. */
async function newCase(notices: PersonChannel[] | undefined, reached: object = address) {
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

/** What was to be told of a case, oldest first. */
async function refinement(id: string) {
  const rows = await desk.sql(
    'select template, channel, state, reason from delivery where recipient_kind = "ticket" and recipient_id = ? order by id',
    [toBinary(id)],
  );
  return rows.map(({ template, channel, state, reason }) => [template, channel, state, reason].join(' '));
}

/** The rows by which messages leave. */
async function leaving(): Promise<Record<string, unknown>[]> {
  return desk.sql(`select due_at from work where kind = 'delivery' order by due_at`);
}

describe('a case with consent', () => {
  it('tells that it was received, by the preferred channel', async () => {
    const { id } = await newCase(['email', 'whatsapp']);
    expect(await refinement(id)).toEqual(['notice_received email waiting ']);
    const [row] = await desk.sql('select fallbacks, hex(sealed) as sealed from delivery');
    expect(row).toMatchObject({ fallbacks: '["whatsapp"]' });
    expect(Buffer.from(String(row?.sealed), 'hex').toString('latin1')).not.toContain(address.phone);
    expect(await leaving()).toHaveLength(1);
  });

  it('tells once for each round that it is done, and reminds before the contest window ends', async () => {
    const { code, id } = await newCase(['whatsapp']);
    await resolve();
    const closedAt = desk.clock.getTime();
    expect(await refinement(id)).toEqual([
      'notice_received whatsapp waiting ',
      'notice_resolved whatsapp waiting ',
      'notice_contest whatsapp waiting ',
    ]);
    expect((await leaving()).at(-1)).toEqual({ due_at: new Date(closedAt + 13 * day) });

    await desk.app.get(Moves).reopen(desk.officer, code, { reason: 'Belum cocok.' });
    await resolve();
    expect(await refinement(id)).toEqual([
      'notice_received whatsapp waiting ',
      'notice_resolved whatsapp dismissed overtaken',
      'notice_contest whatsapp dismissed overtaken',
      'notice_resolved whatsapp waiting ',
      'notice_contest whatsapp waiting ',
    ]);
    expect(await leaving()).toHaveLength(3);
  });

  it('tells no second time of the same round, whatever is done twice', async () => {
    const { id } = await newCase(['whatsapp']);
    await resolve();
    const before = await refinement(id);
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
    expect(await refinement(id)).toEqual(before);
  });

  it('is not reminded of what it has contested already', async () => {
    const { code, id } = await newCase(['whatsapp']);
    await resolve();
    await desk.app.get(Contests).byOfficer(desk.officer, code, { reason: 'Masih ditolak.' });
    expect((await refinement(id)).slice(1)).toEqual([
      'notice_resolved whatsapp waiting ',
      'notice_contest whatsapp dismissed overtaken',
    ]);
    expect(await leaving()).toHaveLength(2);
    const [row] = await desk.sql(`select sealed, ended_at from delivery where template = 'notice_contest'`);
    expect(row).toEqual({ sealed: null, ended_at: desk.clock });
  });

  it('tells what is missing each time that it rests, unless it goes on before that has left', async () => {
    const { code, id } = await newCase(['whatsapp']);
    const moves = desk.app.get(Moves);
    const input = { reason: 'requirements_unmet' as const, documents: ['family_card' as const] };
    await moves.suspend(desk.officer, code, input);
    await moves.resume(desk.officer, code, {});
    await moves.suspend(desk.officer, code, input);
    expect((await refinement(id)).slice(1)).toEqual([
      'notice_documents whatsapp dismissed overtaken',
      'notice_documents whatsapp waiting ',
    ]);
    expect((await desk.history(id)).at(-1)?.data).toEqual({
      reason: 'requirements_unmet',
      documents: ['family_card'],
    });
    await moves.cancel(desk.officer, code, {});
    expect((await refinement(id)).at(-1)).toBe('notice_documents whatsapp dismissed overtaken');
  });

  it('tells nothing of a suspension for another reason', async () => {
    const { code, id } = await newCase(['whatsapp']);
    await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'off_procedure' });
    expect(await refinement(id)).toEqual(['notice_received whatsapp waiting ']);
  });

  it('is told by no other channel once consent is withdrawn, though WhatsApp gives back what it took', async () => {
    const { code, id } = await newCase(['whatsapp', 'email']);
    await desk.work('delivery');
    await desk.app.get(NoticeConsents).set(desk.officer, code, []);
    const [row] = await desk.sql('select id from delivery');
    const receipt = { providerId: 'wamid.X', deliveryId: fromBinary(row!.id as Buffer), at: desk.clock };
    await desk.app.get(DeliveryReports).take({ ...receipt, status: 'failed', reason: 'not_on_whatsapp' });
    await desk.work('delivery');
    expect(await refinement(id)).toEqual([
      'notice_received whatsapp failed not_on_whatsapp',
      'notice_received email dismissed consent_withdrawn',
    ]);
  });

  it('is told no more once consent is withdrawn, and what waits goes by the channel that is left', async () => {
    const { code, id } = await newCase(['whatsapp', 'email']);
    const consents = desk.app.get(NoticeConsents);
    await consents.set(desk.officer, code, ['email']);
    expect(await refinement(id)).toEqual(['notice_received email waiting ']);
    await consents.set(desk.officer, code, []);
    expect(await refinement(id)).toEqual(['notice_received email dismissed consent_withdrawn']);
    expect(await leaving()).toEqual([]);
    await resolve();
    expect((await refinement(id)).slice(1)).toEqual(['notice_resolved email none no_consent']);
    expect((await desk.history(id)).filter(({ kind }) => kind === 'notices_set')).toMatchObject([
      { data: { channels: ['email'] } },
      { data: { channels: [] } },
    ]);
  });

  it('says why nothing was sent where the address was taken away', async () => {
    const { code, id } = await newCase(['whatsapp']);
    await desk.app.get(Corrections).correct(desk.officer, code, { applicant: { phone: null } });
    await resolve();
    expect((await refinement(id)).slice(1)).toEqual([
      'notice_resolved email none no_address',
      'notice_contest email none no_address',
    ]);
  });
});

describe('a case without consent', () => {
  it('says nothing when it is taken, and keeps why nothing was told later', async () => {
    const { code, id } = await newCase(undefined);
    expect(await refinement(id)).toEqual([]);
    await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'requirements_unmet' });
    await desk.app.get(Moves).resume(desk.officer, code, {});
    await resolve();
    expect(await refinement(id)).toEqual([
      'notice_documents email none no_consent',
      'notice_resolved email none no_consent',
    ]);
    expect(await leaving()).toEqual([]);
    expect((await desk.history(id))[0]?.data).not.toHaveProperty('notices');
  });

  it('gets it by a repeat, also after it was withdrawn', async () => {
    const { code, id, person } = await newCase(undefined);
    const { nik, noKk: kk, name, birthDate, sex } = person;
    const again = { applicant: { nik, kk, name, birthDate, sex, ...address }, notices: ['whatsapp'] };
    await desk.complain(person, again);
    expect(await refinement(id)).toEqual([]);
    const consent = () =>
      desk.sql(
        'select channel, withdrawn_at from consent where recipient_kind = "ticket" and recipient_id = ?',
        [toBinary(id)],
      );
    expect(await consent()).toEqual([{ channel: 'whatsapp', withdrawn_at: null }]);
    await desk.app.get(NoticeConsents).set(desk.officer, code, []);
    expect(await consent()).toEqual([{ channel: 'whatsapp', withdrawn_at: desk.clock }]);
    await desk.complain(person, again);
    expect(await consent()).toEqual([{ channel: 'whatsapp', withdrawn_at: null }]);
    expect((await desk.history(id)).at(-1)).toEqual({ kind: 'repeated', data: { notices: ['whatsapp'] } });
    await resolve();
    expect(await refinement(id)).toContain('notice_resolved whatsapp waiting ');
  });
});

it('events tell programs that a case is overdue, and that it is done', async () => {
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  const { code } = await newCase(undefined);
  await desk.work('push');
  await desk.forward(day);
  await desk.work('deadline');
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
  const [{ dueAt } = {}] = await desk.sql('select due_at as dueAt from ticket');
  const other = await newCase(undefined);
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
