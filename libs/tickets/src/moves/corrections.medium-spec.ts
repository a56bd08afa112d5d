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
  const applicant = { birthPlace: 'Kudus' };
  await corrections.correct(desk.officer, code, { applicant });
  await corrections.correct(desk.officer, code, { applicant, channel: 'phone' });
  expect(await channels(id)).toEqual(['first whatsapp', 'correction whatsapp', 'correction phone']);
  expect(await desk.ticket(id)).toMatchObject({ channel: 'whatsapp' });
});

it('notes have the channel of the ticket', async () => {
  const { code, id } = await desk.newTicket({ channel: 'email' });
  await desk.app.get(Moves).note(desk.officer, code, { text: 'Pemohon bertanya.' });
  await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'off_procedure', note: 'Menunggu.' });
  expect(await channels(id)).toEqual(['first email', 'note email', 'note email']);
});
