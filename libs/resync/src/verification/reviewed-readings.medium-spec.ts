import { ResyncDesk } from '../testing/resync-desk';
import { toBinary } from '@sinkron/database';
import { Moves } from '@sinkron/tickets';

jest.setTimeout(60_000);
const minute = 60_000;
const hour = 60 * minute;

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261230);
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.clear();
  await answer(null);
});

const answer = (code: string | null) =>
  desk.mock.admin('PUT', '/admin/verification', code === null ? {} : { answerCode: code });
const work = async (id: string) =>
  (
    await desk.sql(`select kind, due_at from work where subject_id = ? and kind in ('push', 'verify')`, [
      toBinary(id),
    ])
  ).map(({ kind, due_at: dueAt }) => [kind, ((dueAt as Date).getTime() - desk.clock.getTime()) / hour]);
const kinds = async (id: string) =>
  (await desk.sql('select kind from history where ticket_id = ? order by seq', [toBinary(id)])).map(
    ({ kind }) => kind,
  );

/** A ticket that the centre refuses at its first reading. */
async function refused(code: string) {
  const made = await desk.complain(await desk.residentWithOldKk());
  await answer(code);
  await desk.work('push');
  return made;
}

it.each(['08', '11', '12', '14'])(
  'reads a ticket that is in review for code %s again, ever more rarely, and pushes when the centre has mended it',
  async (code) => {
    const { id } = await refused(code);
    expect(await work(id)).toEqual([['push', 2]]);
    for (const wait of [2, 4]) {
      await desk.forward(2 * hour);
      await desk.work('push');
      expect([(await desk.ticket(id)).status, await work(id)]).toEqual(['in_review', [['push', wait]]]);
      if (wait === 2) continue;
      await answer(null);
      await desk.forward(3 * hour);
      await desk.work('push');
      expect(await desk.ledger()).toEqual([]);
    }
    await desk.forward(hour);
    await desk.work('push');
    expect(await desk.ticket(id)).toMatchObject({ status: 'syncing', reason: null, pushes: 1 });
    expect(await kinds(id)).toEqual(['received', 'in_review', 'read', 'review_ended', 'pushed']);
  },
);

it('proves a ticket whose record the centre has mended after its push', async () => {
  const { id } = await desk.complain(await desk.residentWithOldKk());
  await desk.work('push');
  await answer('12');
  await desk.forward(5 * minute);
  await desk.work('verify');
  expect([(await desk.ticket(id)).status, await work(id)]).toEqual(['in_review', [['verify', 2]]]);
  await answer(null);
  await desk.forward(2 * hour);
  await desk.work('verify');
  expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', outcome: 'synchronised' });
  expect(await kinds(id)).toContain('review_ended');
});

it('resolves a ticket whose NIK the centre has come to know, and pushes nothing while it is in doubt', async () => {
  const person = desk.person();
  const { id } = await desk.complain(person);
  await desk.work('push');
  await desk.forward(2 * hour);
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ status: 'in_review', reason: 'unknown_nik' });
  expect(await work(id)).toEqual([['push', 2]]);
  await desk.resident(person);
  await desk.forward(2 * hour);
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', outcome: 'already_in_step' });
  expect(await desk.ledger()).toEqual([]);
});

it.each(['07', '15'])('leaves code %s to a person: nothing at the centre would mend it', async (code) => {
  const { id } = await refused(code);
  expect(await work(id)).toEqual([]);
});

it('begins at once when it was suspended in review and is resumed', async () => {
  const { id, code } = await refused('14');
  await desk.app.get(Moves).suspend(desk.officer, code, { reason: 'requirements_unmet' });
  expect(await work(id)).toEqual([]);
  await desk.app.get(Moves).resume(desk.officer, code, {});
  expect(await work(id)).toEqual([['push', 0]]);
});
