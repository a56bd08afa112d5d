import { Evidence } from '../evidence';
import { ResyncDesk } from '../testing/resync-desk';
import { Diagnosis } from './diagnosis';
import { toBinary } from '@sinkron/database';
import { predictions } from '@sinkron/observability';

jest.setTimeout(60_000);
const minute = 60_000;
const hour = 60 * minute;

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261222, {
    registry: { hours: { from: '08:00', to: '16:00' }, dailyQuota: 100 },
  });
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

it('proves before and after: mismatch, push, match, resolved with its real duration (R7, R8)', async () => {
  const { code, id } = await desk.complain(await desk.residentWithOldKk());
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({
    status: 'syncing',
    push: 'accepted',
    verification: 'mismatch',
    pushes: 1,
  });
  await desk.forward(5 * minute);
  await desk.work('verify');
  expect(await desk.ticket(id)).toMatchObject({
    code,
    status: 'resolved',
    outcome: 'synchronised',
    open_marker: null,
  });
  const { readings, pushes } = await desk.app.get(Evidence).ofTicket(id);
  expect(readings.map(({ moment, verdicts }) => [moment, verdicts.kk])).toEqual([
    ['before', false],
    ['after', true],
  ]);
  expect(pushes).toHaveLength(1);
  const [resolved] = await desk.sql(`select data from history where kind = 'resolved' and ticket_id = ?`, [
    toBinary(id),
  ]);
  expect(JSON.parse(String(resolved?.data))).toMatchObject({ seconds: 300 });
  expect(await desk.sql('select kind from work')).toEqual([]);
});

it('resolves without a push when everything matches at once', async () => {
  const person = desk.person();
  await desk.resident(person);
  const { id } = await desk.complain(person);
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', outcome: 'already_in_step', pushes: 0 });
  expect(await desk.ledger()).toEqual([]);
});

it('pushes at most three times what the centre calls applied but does not take, then asks an officer', async () => {
  await desk.mock.admin('PUT', '/admin/take-rate', { share: 0 });
  const { id } = await desk.complain(await desk.residentWithOldKk());
  for (let push = 1; push <= 3; push++) {
    await desk.work('push');
    await desk.forward(5 * minute);
    await desk.work('verify');
    await desk.forward(10 * minute);
    await desk.work('verify');
  }
  expect(await desk.ticket(id)).toMatchObject({ status: 'in_review', reason: 'pushes_used_up', pushes: 3 });
  expect(await desk.ledger()).toHaveLength(3);
  expect(await desk.sql('select kind from work order by kind')).toEqual([
    { kind: 'deadline' },
    { kind: 'verify' },
  ]);
});

it('reads again after code 13 until the deadline, and then escalates', async () => {
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  const { id } = await desk.complain(await desk.residentWithOldKk());
  await desk.work('push');
  await desk.mock.admin('PUT', '/admin/verification', { answerCode: '13' });
  for (let read = 0; read < 4; read++) {
    await desk.forward(hour);
    await desk.work('verify');
  }
  expect(await desk.ticket(id)).toMatchObject({ status: 'syncing', pushes: 1 });
  const readings = await desk.sql('select code from reading where ticket_id = ?', [toBinary(id)]);
  expect(readings.map(({ code }) => code)).toEqual(['00', '13', '13', '13', '13']);
  await desk.forward(20 * hour);
  await desk.work('deadline');
  await desk.mock.admin('PUT', '/admin/verification', {});
  expect(await desk.ticket(id)).toMatchObject({ status: 'overdue' });
  expect(await desk.sql('select reason from escalation')).toEqual([{ reason: 'overdue' }]);
});

it('follows the latest push, also when an earlier one has an id from a clock that ran ahead', async () => {
  await desk.mock.admin('PUT', '/admin/take-rate', { share: 0 });
  const { id } = await desk.complain(await desk.residentWithOldKk());
  await desk.work('push');
  await desk.sql(`update push set id = unhex(concat('ff', substr(hex(id), 3)))`);
  await desk.forward(5 * minute);
  await desk.work('verify');
  await desk.forward(10 * minute);
  await desk.work('verify');
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1_000_000 });
  await desk.work('push');
  await desk.forward(5 * minute);
  await desk.work('verify');
  // The second push is still queued at the centre: silence is lag, so there is no third.
  expect(await desk.ticket(id)).toMatchObject({ status: 'syncing', pushes: 2 });
  expect(await desk.sql('select kind from work order by kind')).toEqual([
    { kind: 'deadline' },
    { kind: 'verify' },
  ]);
  const { pushes } = await desk.app.get(Evidence).ofTicket(id);
  expect(pushes.map(({ pushNo }) => pushNo)).toEqual([1, 2]);
});

it('reads where a match has become likely, and keeps what was predicted and what became of it', async () => {
  await desk.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
  // Nobody matches within the first hour, and everybody within the five after it.
  await desk.sql(
    `insert into lag_estimate (region, computed_at, events, censored, pushes, curve)
     values ('nation', utc_timestamp(3), 30, 0, 0, '[[3600000,1],[21600000,0]]')`,
  );
  const { id } = await desk.complain(await desk.residentWithOldKk());
  const pushedAt = desk.clock.getTime();
  await desk.work('push');
  const due = async () => {
    const [row] = await desk.sql(`select due_at from work where kind = 'verify'`);
    return (new Date(row?.due_at as Date).getTime() - pushedAt) / minute;
  };
  // A tenth of the tickets have matched after 1 h + a tenth of 5 h.
  expect(await due()).toBeCloseTo(90);
  const [push] = (await desk.app.get(Evidence).ofTicket(id)).pushes;
  const after = (instant: Date | null | undefined) => ((instant?.getTime() ?? 0) - pushedAt) / minute;
  expect([push?.predictedFrom, push?.predictedTo, push?.predictedBy90].map(after)).toEqual([135, 285, 330]);
  expect(push).toMatchObject({ region: '33', mismatchedAt: null, provedAt: null });

  const counted = await countedPredictions();
  await desk.forward(90 * minute);
  await desk.work('verify');
  const [proved] = (await desk.app.get(Evidence).ofTicket(id)).pushes;
  expect(after(proved?.provedAt)).toBe(90);
  // The match lies half-way between the acceptance and the reading: before the range, and before nine of ten.
  const more = (await countedPredictions()).map((value, index) => value - counted[index]!);
  expect(more).toEqual([0, 1, 1, 0]);
});

it('says what does not match before anything is queued', async () => {
  const person = await desk.residentWithOldKk();
  const { nik, noKk: kk, name, birthDate } = person;
  const result = await desk.app.get(Diagnosis).diagnose({ nik, kk, name, birthDate });
  expect(result).toMatchObject({
    verdicts: { nik: 'match', kk: 'mismatch', name: 'match', birthDate: 'match' },
    cause: 'kk_changed_not_synced',
  });
});

/** Inside and outside of the range of half of the cases, then the same for nine of ten. */
async function countedPredictions(): Promise<number[]> {
  const values = (await predictions.get()).values;
  return ['50', '90'].flatMap((range) =>
    ['inside', 'outside'].map(
      (result) => values.find(({ labels }) => labels.range === range && labels.result === result)?.value ?? 0,
    ),
  );
}
