import { TicketDesk } from '../testing/ticket-desk';
import { outsideActor } from '@sinkron/accounts';
import { fromBinary, toBinary } from '@sinkron/database';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await TicketDesk.start(20261204);
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

const idOf = async (code: string) =>
  fromBinary((await desk.sql('select id from ticket where code = ?', [code]))[0]!.id as Buffer);

describe.each(['applicant', 'bridge'] as const)('a complaint of an %s', (kind) => {
  const outsider = () => outsideActor(kind, desk.officer.office);

  it('is filed at the office as by nobody of it, and its first work waits as ever', async () => {
    const answer = await desk.submit(desk.somebody(), { channel: 'whatsapp' }, outsider());
    expect(answer).toMatchObject({ httpStatus: 201, status: 'received', office: { code: '3319' } });
    expect(answer.receipt).toContain(answer.code);
    const id = await idOf(answer.code);
    expect(await desk.history(id)).toMatchObject([
      { kind: 'received', data: { by: kind, channel: 'whatsapp' } },
    ]);
    const rows = await desk.sql(
      `select s.officer_id as stated_by, h.officer_id as done_by, s.kind from statement s
       join history h on h.statement_id = s.id where s.ticket_id = ?`,
      [toBinary(id)],
    );
    expect(rows).toEqual([{ stated_by: null, done_by: null, kind: 'first' }]);
    const work = await desk.sql('select kind from work where subject_id = ? order by kind', [toBinary(id)]);
    expect(work).toEqual([{ kind: 'deadline' }, { kind: 'push' }]);
  });

  it('consents to notices as nobody of the office wrote down', async () => {
    const person = desk.somebody();
    const { nik, noKk: kk, name, birthDate } = person;
    const applicant = { nik, kk, name, birthDate, phone: '+628100000003' };
    await desk.submit(person, { applicant, notices: ['whatsapp'] }, outsider());
    expect(await desk.sql('select channel, officer_id from consent')).toEqual([
      { channel: 'whatsapp', officer_id: null },
    ]);
    expect(await desk.sql('select template from delivery')).toEqual([{ template: 'notice_received' }]);
  });

  it('raises no flag: only facts make it urgent', async () => {
    const flagged = { urgent: { reason: 'Cepat!' } };
    const { code } = await desk.submit(desk.somebody(), flagged, outsider());
    expect(await desk.ticket(await idOf(code))).toMatchObject({ urgent: 0 });
    expect(await desk.alarms()).toEqual([]);
  });

  it('is a repeat of an open ticket, of which it is told no more than the status, and gives no office access', async () => {
    const { code, id, person } = await desk.newTicket();
    const answer = await desk.submit(person, { channel: 'web' }, outsider());
    expect(answer).toMatchObject({ httpStatus: 200, code, repeat: true, repeatCount: 1 });
    expect(answer).not.toHaveProperty('dueAt');
    expect((await desk.history(id)).at(-1)).toEqual({ kind: 'repeated', data: { by: kind } });
    expect(await desk.sql('select 1 from participant')).toEqual([]);
  });
});

describe('a repeat', () => {
  const other = { kk: '3319990203150002', name: 'Melati Lain' };

  it('becomes a statement, and leaves what is verified and pushed as it was stated first', async () => {
    const { id, person } = await desk.newTicket();
    const before = await desk.ticket(id);
    const { nik, birthDate } = person;
    await desk.submit(person, { applicant: { ...other, nik, birthDate } });
    expect(await desk.ticket(id)).toMatchObject({
      statement_id: before.statement_id,
      push: 'waiting',
      verification: 'unread',
    });
    expect(
      await desk.sql('select kind from statement where ticket_id = ? order by id', [toBinary(id)]),
    ).toEqual([{ kind: 'first' }, { kind: 'repeat' }]);
  });

  it('may bring a nearer deadline, and none that is further away', async () => {
    const { id, person } = await desk.newTicket({ deadlineAt: desk.inHours(60).toISOString() });
    const deadline = async () => (await desk.ticket(id)).deadline_at;
    await desk.submit(person, { deadlineAt: desk.inHours(80).toISOString() });
    expect(await deadline()).toEqual(desk.inHours(60));
    await desk.submit(person, { deadlineAt: desk.inHours(50).toISOString() });
    expect(await deadline()).toEqual(desk.inHours(50));
  });
});
