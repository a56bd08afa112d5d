import { ResyncDesk } from '../testing/resync-desk';
import { LagRefresh } from './lag-refresh';
import { sampleQuery } from './lag-sample';
import { newId, toBinary } from '@sinkron/database';
import { conditionalQuantile, LagEstimates } from '@sinkron/lag';
import { lagSeconds } from '@sinkron/observability';
import { deadlinePage } from '@sinkron/tickets';

jest.setTimeout(60_000);
const minute = 60_000;
const hour = 60 * minute;
const start = new Date('2026-11-22T02:00:00Z');

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261123, { centre: false, offices: ['3319'] });
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

describe('the estimate', () => {
  it('counts proofs and tickets that still wait, of the last 72 hours, by region', async () => {
    await pushes(40, { region: '33', age: 30 * hour, mismatched: 4 * hour, proved: 6 * hour });
    await pushes(40, { region: '33', age: 30 * hour, mismatched: 10 * hour });
    await pushes(60, { region: '35', age: 20 * hour, mismatched: 1 * hour, proved: 3 * hour });
    // Never read since its acceptance, too old, of no region, and not accepted.
    await pushes(5, { region: '33', age: 30 * hour });
    await pushes(50, { region: '33', age: 73 * hour, mismatched: minute, proved: 2 * minute });
    await pushes(7, { region: null, age: hour, mismatched: minute, proved: 2 * minute });
    await desk.app.get(LagRefresh).pass();

    const lags = await desk.app.get(LagEstimates).current();
    const found = lags.estimates.map(({ region, events, censored, pushes }) => [
      region,
      events,
      censored,
      pushes,
    ]);
    expect(found).toEqual([
      ['33', 40, 40, 0],
      ['id', 0, 0, 0],
      ['nation', 107, 40, 67],
    ]);
    const kudusLag = lags.of(desk.officer.office.id);
    expect(kudusLag).toMatchObject({ basis: 'region', sampleSize: 40 });
    // A match is put half-way between the two readings that it lies between.
    expect(kudusLag?.curve[0]).toEqual([5 * hour, 0.5]);
    const { values } = (await lagSeconds.get()) as { values: { labels: object; value: number }[] };
    const shown = values.map(({ labels, value }) => [labels, Math.round(value / 60)]);
    expect(shown).toContainEqual([{ region: '33', quantile: '0.5' }, 5 * 60]);
  });

  it('falls back to the nation below thirty proofs, and gives no lag below thirty everywhere', async () => {
    await pushes(29, { region: '33', age: 30 * hour, mismatched: 4 * hour, proved: 6 * hour });
    await desk.app.get(LagRefresh).pass();
    expect((await desk.app.get(LagEstimates).current()).of(desk.officer.office.id)).toBeNull();
    await pushes(1, { region: '35', age: 30 * hour, mismatched: 4 * hour, proved: 6 * hour });
    await desk.forward(minute);
    await desk.app.get(LagRefresh).pass();
    expect((await desk.app.get(LagEstimates).current()).of(desk.officer.office.id)).toMatchObject({
      basis: 'nation',
    });
  });

  it('is not made again within the same half minute, nor by two workers at once twice', async () => {
    await pushes(30, { region: '33', age: 30 * hour, mismatched: 4 * hour, proved: 6 * hour });
    await Promise.all([desk.app.get(LagRefresh).pass(), desk.app.get(LagRefresh).pass()]);
    await pushes(30, { region: '33', age: 30 * hour, mismatched: 4 * hour, proved: 6 * hour });
    await desk.app.get(LagRefresh).pass();
    expect((await desk.app.get(LagEstimates).current()).of(desk.officer.office.id)?.sampleSize).toBe(30);
    await desk.forward(31_000);
    await desk.app.get(LagRefresh).pass();
    expect((await desk.app.get(LagEstimates).current()).of(desk.officer.office.id)?.sampleSize).toBe(60);
  });

  it('takes at most its share from each slice of the window, so that a busy hour does not crowd out the older ones', async () => {
    await pushes(30, { region: '33', age: 30 * hour, mismatched: 9 * hour, proved: 11 * hour });
    await pushes(300, { region: '33', age: hour, mismatched: 10 * minute, proved: 20 * minute });
    await desk.app.get(LagRefresh).pass();
    const lag = (await desk.app.get(LagEstimates).current()).of(desk.officer.office.id);
    expect(lag?.sampleSize).toBe(30 + 139);
    expect(conditionalQuantile(lag!.curve, 0, 0.9)).toBeGreaterThan(hour);
  });

  it.each(['33', 'nation'])('walks the index and stops at its share (%s)', async (region) => {
    const { sql: query, parameters } = sampleQuery(region, { from: new Date(0), to: start });
    const plan = await desk.sql(`explain ${query}`, parameters);
    const parts = plan.filter(({ table }) => table === 'push');
    expect(parts).toHaveLength(36);
    for (const part of parts) {
      expect(part).toMatchObject({
        type: 'range',
        key: region === 'nation' ? 'push_accepted' : 'push_region',
      });
      expect(part.Extra).not.toContain('filesort');
    }
  });
});

describe("an applicant's deadline", () => {
  /** Half of the tickets match within five hours of their push, all within ten. */
  const knownLag = () =>
    pushes(40, { region: '33', age: 30 * hour, mismatched: 0, proved: 10 * hour, spread: true });

  it('makes urgent what will hardly be done in time, with the figures, and leaves what likely will', async () => {
    await knownLag();
    await desk.app.get(LagRefresh).pass();
    const risky = await complain({ deadlineAt: at(2 * hour) });
    // Without a known lag this would be urgent: its deadline falls before dueAt.
    const likely = await complain({ deadlineAt: at(20 * hour) });
    expect(await Promise.all([urgent(risky), urgent(likely)])).toEqual([1, 0]);
    const [escalation] = await desk.sql('select reason, detail from escalation');
    expect(escalation?.reason).toBe('unlikely_before_deadline');
    const detail = JSON.parse(String(escalation?.detail)) as Record<string, unknown>;
    expect(detail).toMatchObject({ sampleSize: 40, basis: 'region' });
    expect(detail.probability).toBeLessThan(0.5);
    const [entry] = await desk.sql(`select data from history where kind = 'urgent' and ticket_id = ?`, [
      toBinary(risky),
    ]);
    expect(JSON.parse(String(entry?.data))).toEqual({ reason: 'unlikely_before_deadline', ...detail });
  });

  it('goes by dueAt while too few tickets are known', async () => {
    const id = await complain({ deadlineAt: at(20 * hour) });
    expect(await urgent(id)).toBe(1);
    expect(await desk.sql('select reason from escalation')).toEqual([{ reason: 'deadline_before_due' }]);
  });

  it('is judged again when the lag grows: only where the chance fell below the threshold, by the deadline handler', async () => {
    await pushes(40, { region: '33', age: 30 * hour, mismatched: 0, proved: hour });
    await desk.app.get(LagRefresh).pass();
    const near = await complain({ deadlineAt: at(3 * hour) });
    const tolerable = await complain({ deadlineAt: at(4.4 * hour) });
    const far = await complain({ deadlineAt: at(60 * hour) });
    await complain({});
    expect(await Promise.all([urgent(near), urgent(tolerable), urgent(far)])).toEqual([0, 0, 0]);

    // One in four still matches at once, the others evenly within ten hours.
    await pushes(120, { region: '33', age: 40 * hour, proved: 10 * hour, spread: true });
    await desk.forward(minute);
    await desk.app.get(LagRefresh).pass();
    const due = await desk.sql(
      `select subject_id from work where kind = 'deadline' and due_at <= utc_timestamp(3)`,
    );
    expect(due).toEqual([{ subject_id: toBinary(near) }]);
    await desk.work('deadline');
    expect(await Promise.all([urgent(near), urgent(tolerable), urgent(far)])).toEqual([1, 0, 0]);

    // A better lag takes nothing back.
    await desk.sql('delete from push where timestampdiff(hour, accepted_at, utc_timestamp(3)) >= 39');
    await desk.forward(minute);
    await desk.app.get(LagRefresh).pass();
    await desk.work('deadline');
    expect(await urgent(near)).toBe(1);
  });

  it('is found by walking the index', async () => {
    const { sql: query, parameters } = deadlinePage({
      after: { deadlineAt: start, id: null },
      until: new Date(start.getTime() + hour),
      limit: 1_000,
    });
    const [plan] = await desk.sql(`explain select * from ticket ${query}`, parameters);
    expect(plan).toMatchObject({ type: 'range', key: 'ticket_deadline' });
    expect(plan?.Extra).not.toContain('filesort');
  });
});

interface Pushes {
  region: string | null;
  /** Since the acceptance. */
  age: number;
  /** From the acceptance to the last mismatching reading. */
  mismatched?: number;
  /** From the acceptance to the proof. */
  proved?: number;
  /** The proofs come evenly, the last of them then. */
  spread?: boolean;
}

async function pushes(count: number, { region, age, mismatched, proved, spread }: Pushes): Promise<void> {
  const accepted = new Date(desk.clock.getTime() - age);
  const rows = Array.from({ length: count }, (_, number) => {
    const part = spread ? (number + 1) / count : 1;
    const after = (wait: number | undefined, share = 1) =>
      wait === undefined ? null : new Date(accepted.getTime() + wait * share);
    // Read just before the match, so that it lies where the proof is.
    const before = spread ? after(proved, part) : after(mismatched);
    return [
      toBinary(newId()),
      toBinary(newId()),
      1,
      1,
      toBinary(newId()),
      accepted,
      accepted,
      region,
      before,
      after(proved, part),
    ];
  });
  await desk.sql(
    `insert into push (id, ticket_id, round, push_no, statement_id, composed_at, accepted_at, region,
       mismatched_at, proved_at) values ?`,
    [rows],
  );
}

async function complain(more: object): Promise<string> {
  return (await desk.complain(desk.person(), more)).id;
}

async function urgent(id: string): Promise<unknown> {
  return (await desk.ticket(id)).urgent;
}

function at(milliseconds: number): string {
  return new Date(start.getTime() + milliseconds).toISOString();
}
