import { TicketDesk } from '../testing/ticket-desk';
import { Corrections } from './corrections';
import { Moves } from './moves';
import { toBinary } from '@sinkron/database';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await TicketDesk.start(20261203);
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

const channels = async (id: string) =>
  (await desk.sql('select kind, channel from statement where ticket_id = ? order by id', [toBinary(id)])).map(
    ({ kind, channel }) => `${String(kind)} ${String(channel)}`,
  );

it('has the channel of the ticket unless another is said', async () => {
  const { code, id } = await desk.newTicket({ channel: 'whatsapp' });
  const corrections = desk.app.get(Corrections);
  await corrections.correct(desk.officer, code, { applicant: { birthPlace: 'Kudus' } });
  await corrections.correct(desk.officer, code, { applicant: { birthPlace: 'Jepara' }, channel: 'phone' });
  expect(await channels(id)).toEqual(['first whatsapp', 'correction whatsapp', 'correction phone']);
  expect(await desk.ticket(id)).toMatchObject({ channel: 'whatsapp' });
});

it('notes have the channel of the ticket', async () => {
  const { code, id } = await desk.newTicket({ channel: 'email' });
  await desk.app.get(Moves).note(desk.officer, code, { text: 'Pemohon bertanya.' });
  await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'off_procedure', note: 'Menunggu.' });
  expect(await channels(id)).toEqual(['first email', 'note email', 'note email']);
});

it('a correction that changes nothing makes no statement, no history and no push, and says so', async () => {
  const { code, id } = await desk.newTicket();
  const correct = (name: string) =>
    desk.app.get(Corrections).correct(desk.officer, code, { applicant: { name } });
  const traces = async () => [
    await channels(id),
    (await desk.ticket(id)).version,
    await desk.sql('select kind, lease_no, due_at from work where subject_id = ? order by kind', [
      toBinary(id),
    ]),
    await desk.sql('select seq from history where ticket_id = ?', [toBinary(id)]),
  ];
  await correct('Melati Lestari');
  const before = await traces();
  for (let again = 0; again < 3; again++) {
    const { warnings, ticket } = await correct(' Melati\u200B  Lestari');
    expect(warnings.map((warning) => warning.code)).toContain('nothing_changed');
    expect(ticket).toMatchObject({ id, code });
  }
  expect(await traces()).toEqual(before);
});

describe('a ticket whose NIK was wrong moves to another person', () => {
  const move = async (code: string) => {
    const { nik, noKk: kk, birthDate, sex } = desk.somebody();
    await desk.app.get(Corrections).correct(desk.officer, code, { applicant: { nik, kk, birthDate, sex } });
  };
  const digests = async (person: unknown) => {
    const rows = await desk.sql('select coalesce(nik_a, nik_b) as digest from person where id = ?', [person]);
    return rows.filter(({ digest }) => digest !== null).length;
  };

  it('and the former is found no more', async () => {
    const { code, id } = await desk.newTicket();
    const { person_id: former } = await desk.ticket(id);
    await move(code);
    const { person_id: current } = await desk.ticket(id);
    expect([await digests(former), await digests(current)]).toEqual([0, 1]);
  });

  it('but stays while another ticket of theirs holds their data', async () => {
    const former = desk.somebody();
    const closed = await desk.submit(former);
    await desk.app.get(Moves).cancel(desk.officer, closed.code, { note: 'Batal.' });
    const open = await desk.submit(former);
    const [row] = await desk.sql('select person_id from ticket where code = ?', [open.code]);
    await move(open.code);
    expect(await digests(row!.person_id)).toBe(1);
  });

  it('while the former files a complaint: whoever has a ticket is found', async () => {
    for (let round = 0; round < 5; round++) {
      const former = desk.somebody();
      const { code } = await desk.submit(former);
      await Promise.all([move(code), desk.submit(former)]);
    }
    const lost = await desk.sql(
      `select code from ticket join person on person.id = person_id where nik_a is null and nik_b is null`,
    );
    expect(lost).toEqual([]);
  });
});
