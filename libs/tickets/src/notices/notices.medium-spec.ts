import { Contests } from '../moves/contests';
import { Corrections } from '../moves/corrections';
import { Moves } from '../moves/moves';
import { TicketDesk } from '../testing/ticket-desk';
import { NoticeConsents } from './notice-consents';
import { toBinary } from '@sinkron/database';
import type { PersonChannel } from '@sinkron/messaging';

jest.setTimeout(60_000);
const day = 24 * 3_600_000;

let desk: TicketDesk;
beforeAll(async () => {
  desk = await TicketDesk.start(20261128, { environment: { WHATSAPP_DRIVER: 'log', EMAIL_DRIVER: 'log' } });
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.clear();
});

const address = { phone: '+628100000003', email: 'melati@demo.sinkron.test' };

/** A ticket of somebody who wants to be told by these. */
async function newTicket(notices: PersonChannel[] | undefined) {
  const person = desk.somebody();
  const { nik, noKk: kk, name, birthDate, sex } = person;
  const applicant = { nik, kk, name, birthDate, sex, ...address };
  return desk.newTicket({ applicant, notices }, person);
}

/** The notices of a ticket and what became of them, oldest first. */
async function noticesOf(id: string) {
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

describe('a ticket with consent', () => {
  it('tells that it was received, by the preferred channel', async () => {
    const { id } = await newTicket(['email', 'whatsapp']);
    expect(await noticesOf(id)).toEqual(['notice_received email waiting ']);
    const [row] = await desk.sql('select fallbacks, hex(sealed) as sealed from delivery');
    expect(row).toMatchObject({ fallbacks: '["whatsapp"]' });
    expect(Buffer.from(String(row?.sealed), 'hex').toString('latin1')).not.toContain(address.phone);
    expect(await leaving()).toHaveLength(1);
  });

  it('tells once for each round that it is done, and reminds before the contest window ends', async () => {
    const { code, id } = await newTicket(['whatsapp']);
    await desk.resolve(id);
    const closedAt = desk.clock.getTime();
    expect(await noticesOf(id)).toEqual([
      'notice_received whatsapp waiting ',
      'notice_resolved whatsapp waiting ',
      'notice_contest whatsapp waiting ',
    ]);
    expect((await leaving()).at(-1)).toEqual({ due_at: new Date(closedAt + 13 * day) });

    await desk.app.get(Moves).reopen(desk.officer, code, { reason: 'Belum cocok.' });
    await desk.resolve(id);
    expect(await noticesOf(id)).toEqual([
      'notice_received whatsapp waiting ',
      'notice_resolved whatsapp dismissed overtaken',
      'notice_contest whatsapp dismissed overtaken',
      'notice_resolved whatsapp waiting ',
      'notice_contest whatsapp waiting ',
    ]);
    expect(await leaving()).toHaveLength(3);
  });

  it('is not reminded of what it has contested already', async () => {
    const { code, id } = await newTicket(['whatsapp']);
    await desk.resolve(id);
    await desk.app.get(Contests).byOfficer(desk.officer, code, { reason: 'Masih ditolak.' });
    expect((await noticesOf(id)).slice(1)).toEqual([
      'notice_resolved whatsapp waiting ',
      'notice_contest whatsapp dismissed overtaken',
    ]);
    expect(await leaving()).toHaveLength(2);
    const [row] = await desk.sql(`select sealed, ended_at from delivery where template = 'notice_contest'`);
    expect(row).toEqual({ sealed: null, ended_at: desk.clock });
  });

  it('tells what is missing each time that it rests, unless it goes on before that has left', async () => {
    const { code, id } = await newTicket(['whatsapp']);
    const moves = desk.app.get(Moves);
    const input = { reason: 'requirements_unmet' as const, documents: ['family_card' as const] };
    await moves.suspend(desk.officer, code, input);
    await moves.resume(desk.officer, code, {});
    await moves.suspend(desk.officer, code, input);
    expect((await noticesOf(id)).slice(1)).toEqual([
      'notice_documents whatsapp dismissed overtaken',
      'notice_documents whatsapp waiting ',
    ]);
    expect((await desk.history(id)).at(-1)?.data).toEqual({
      reason: 'requirements_unmet',
      documents: ['family_card'],
    });
    await moves.cancel(desk.officer, code, {});
    expect((await noticesOf(id)).at(-1)).toBe('notice_documents whatsapp dismissed overtaken');
  });

  it('tells nothing of a suspension for another reason', async () => {
    const { code, id } = await newTicket(['whatsapp']);
    await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'off_procedure' });
    expect(await noticesOf(id)).toEqual(['notice_received whatsapp waiting ']);
  });

  it('is told no more once consent is withdrawn, and what waits goes by the channel that is left', async () => {
    const { code, id } = await newTicket(['whatsapp', 'email']);
    const consents = desk.app.get(NoticeConsents);
    await consents.set(desk.officer, code, ['email']);
    expect(await noticesOf(id)).toEqual(['notice_received email waiting ']);
    await consents.set(desk.officer, code, []);
    expect(await noticesOf(id)).toEqual(['notice_received email dismissed consent_withdrawn']);
    expect(await leaving()).toEqual([]);
    await desk.resolve(id);
    expect((await noticesOf(id)).slice(1)).toEqual(['notice_resolved email none no_consent']);
    expect((await desk.history(id)).filter(({ kind }) => kind === 'notices_set')).toMatchObject([
      { data: { channels: ['email'] } },
      { data: { channels: [] } },
    ]);
  });

  it('says why nothing was sent where the address was taken away', async () => {
    const { code, id } = await newTicket(['whatsapp']);
    await desk.app.get(Corrections).correct(desk.officer, code, { applicant: { phone: null } });
    await desk.resolve(id);
    expect((await noticesOf(id)).slice(1)).toEqual([
      'notice_resolved email none no_address',
      'notice_contest email none no_address',
    ]);
  });
});

describe('a ticket without consent', () => {
  it('says nothing when it is taken, and keeps why nothing was told later', async () => {
    const { code, id } = await newTicket(undefined);
    expect(await noticesOf(id)).toEqual([]);
    await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'requirements_unmet' });
    await desk.app.get(Moves).resume(desk.officer, code, {});
    await desk.resolve(id);
    expect(await noticesOf(id)).toEqual([
      'notice_documents email none no_consent',
      'notice_resolved email none no_consent',
    ]);
    expect(await leaving()).toEqual([]);
    expect((await desk.history(id))[0]?.data).not.toHaveProperty('notices');
  });

  it('gets it by a repeat, also after it was withdrawn', async () => {
    const { code, id, person } = await newTicket(undefined);
    const { nik, noKk: kk, name, birthDate, sex } = person;
    const again = { applicant: { nik, kk, name, birthDate, sex, ...address }, notices: ['whatsapp'] };
    await desk.submit(person, again);
    expect(await noticesOf(id)).toEqual([]);
    const consent = () =>
      desk.sql(
        'select channel, withdrawn_at from consent where recipient_kind = "ticket" and recipient_id = ?',
        [toBinary(id)],
      );
    expect(await consent()).toEqual([{ channel: 'whatsapp', withdrawn_at: null }]);
    await desk.app.get(NoticeConsents).set(desk.officer, code, []);
    expect(await consent()).toEqual([{ channel: 'whatsapp', withdrawn_at: desk.clock }]);
    await desk.submit(person, again);
    expect(await consent()).toEqual([{ channel: 'whatsapp', withdrawn_at: null }]);
    expect((await desk.history(id)).at(-1)).toEqual({ kind: 'repeated', data: { notices: ['whatsapp'] } });
    await desk.resolve(id);
    expect(await noticesOf(id)).toContain('notice_resolved whatsapp waiting ');
  });
});
