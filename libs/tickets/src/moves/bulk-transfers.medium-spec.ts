import { TicketDesk } from '../testing/ticket-desk';
import { BulkTransfers } from './bulk-transfers';
import { Moves } from './moves';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await TicketDesk.start(20261207);
});
afterAll(() => desk.close());

it('tells what became of each ticket, moves those that can go, and may be repeated', async () => {
  await desk.clear();
  const jember = await desk.officerAt('3509', 'Disdukcapil Jember');
  const demak = await desk.officerAt('3321', 'Disdukcapil Demak');
  const open = await desk.newTicket();
  const closed = await desk.newTicket();
  await desk.app.get(Moves).cancel(desk.officer, closed.code, {});
  const foreign = await desk.submit(desk.somebody(), {}, demak);
  const list = [closed.code, open.code.toLowerCase(), 'bukan kode', foreign.code, open.code];
  const to = { officeId: jember.office.id, reason: 'Kantor pindah.' };
  const run = async () =>
    (await desk.app.get(BulkTransfers).transfer(desk.officer, list, to)).map(({ outcome }) => outcome);

  expect(await run()).toEqual(['not_now', 'transferred', 'not_found', 'not_found', 'already_there']);
  const history = await desk.history(open.id);
  expect(history.filter(({ kind }) => kind === 'transferred')).toHaveLength(1);
  expect(await run()).toEqual(['not_now', 'already_there', 'not_found', 'not_found', 'already_there']);
  expect(await desk.history(open.id)).toEqual(history);
  const back = await desk.app
    .get(BulkTransfers)
    .transfer(desk.officer, [open.code], { ...to, officeId: demak.office.id });
  expect(back).toEqual([{ ticket: open.code, outcome: 'not_yours' }]);

  const acts = await desk.sql(`select action, json_value(detail, '$.tickets[0]') as ticket from audit
    where action in ('tickets_transferred', 'refused') order by at, action`);
  expect(acts.filter(({ action }) => action === 'tickets_transferred')).toEqual([
    { action: 'tickets_transferred', ticket: open.id },
  ]);
  expect(acts.filter(({ action }) => action === 'refused')).toHaveLength(2);
});
