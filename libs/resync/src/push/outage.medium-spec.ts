import { setTimeout as sleep } from 'node:timers/promises';
import type { TestingModule } from '@nestjs/testing';
import { ResyncDesk } from '../testing/resync-desk';
import { newId, toBinary, Transactions } from '@sinkron/database';
import { Dispatcher, REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';

jest.setTimeout(60_000);

const tickets = 25;
/** Far less than two workers could do, so that the rate is measured and not their speed. */
const rate = { rate: 16, burst: 4 };

let desk: ResyncDesk;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261124, {
    workers: 2,
    poolSize: 10,
    redis: true,
    registry: rate,
    // Rows that get no turn come back within the test.
    durations: { tokenWait: 1_000, backOff: { least: 50, most: 200 } },
  });
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.mock.admin('POST', '/admin/reset');
  for (const table of ['work', 'gate', 'ticket', 'person', 'escalation', 'push'])
    await desk.sql(`delete from ${table}`);
});

it('drains what an outage has left at no more than the rate, by two workers, each ticket once', async () => {
  // Else each worker would keep to its own part of the rate, and the shared one would not be shown.
  for (const worker of desk.workers) expect(worker.get<Redis>(REDIS).status).toBe('ready');
  await complain(tickets);
  // As an outage leaves them: all were tried, all are due at once, and the gate has just run out.
  await desk.sql(`update work set leased_until = null, reason = 'time_out' where kind = 'push'`);
  await desk.sql(
    `insert into gate (name, reason, closed_until, failures) values ('registry', 'time_out', utc_timestamp(3), 9)`,
  );
  const began = performance.now();
  await Promise.all(desk.workers.map(drain));
  const seconds = (performance.now() - began) / 1000;
  const items = await desk.ledger();
  expect(new Set(items.map(({ nik }) => nik)).size).toBe(tickets);
  expect(items).toHaveLength(tickets);
  // A reading and a push for each ticket: neither of the two workers could go faster than both together may.
  expect(seconds).toBeGreaterThan((2 * tickets - rate.burst) / rate.rate - 0.2);
  const pushed = items.map(({ receivedAt }) => Date.parse(receivedAt));
  const inOneSecond = pushed.map((from) => pushed.filter((at) => at >= from && at < from + 1000).length);
  expect(Math.max(...inOneSecond)).toBeLessThanOrEqual(rate.rate + rate.burst);
  expect(await desk.sql('select max(attempts) as most from work')).toEqual([{ most: 0 }]);
});

it('writes an accepted push without waiting for other late tickets, whose deadlines become due all the same', async () => {
  await complain(2);
  // As an outage leaves them: read once, late, covered by one incident, and never pushed.
  await desk.sql(
    `update ticket set verification = 'mismatch', disputed = '["kk"]', status = 'overdue', overdue = 1, urgent = 1`,
  );
  await desk.sql(
    `insert into escalation (id, incident, open_marker, state, reason, opened_at, run_no, step_no)
     values (?, 'centre_not_taking', 1, 'open', 'centre_not_taking', utc_timestamp(3), 0, 0)`,
    [toBinary(newId())],
  );
  await desk.sql('update work set leased_until = null');
  await desk.app.get(Dispatcher).dispatch();
  const [mine, other] = await desk.sql(
    `select id, lease_no, subject_id from work where kind = 'push' order by id`,
  );
  let job: Promise<void> | undefined;
  // Once: what happens here beside the transaction cannot be repeated.
  await desk.app.get(Transactions).once(async (transaction) => {
    // The other ticket is just being pushed too.
    await transaction.query('select 1 from ticket where id = ? for update', [other?.subject_id]);
    await transaction.query(`select 1 from work where kind = 'deadline' and subject_id = ? for update`, [
      other?.subject_id,
    ]);
    job = desk.run('push', mine ?? {});
    await eventually(async () => {
      expect(await desk.sql('select pushes from ticket where id = ?', [mine?.subject_id])).toEqual([
        { pushes: 1 },
      ]);
    });
  });
  await job;
  expect(await desk.sql('select state from escalation')).toEqual([{ state: 'resolved' }]);
  expect(
    await desk.sql(`select count(*) as n from work where kind = 'deadline' and due_at <= utc_timestamp(3)`),
  ).toEqual([{ n: '2' }]);
});

async function complain(count: number): Promise<void> {
  for (let made = 0; made < count; made++) await desk.complain(await desk.residentWithOldKk());
}

/** What a worker does, without BullMQ between: dispatches, and does what was dispatched. */
async function drain(worker: TestingModule): Promise<void> {
  for (;;) {
    const left = await desk.sql(`select 1 from work where kind = 'push' limit 1`);
    if (left.length === 0) return;
    await worker.get(Dispatcher).dispatch();
    const dispatched = await desk.sql(
      // Inserted leased as 1, dispatched as 2, claimed as 3: a job carries the number of a dispatch, never of a claim.
      `select id, lease_no from work
       where kind = 'push' and lease_no % 2 = 0 and leased_until > utc_timestamp(3) limit 20`,
    );
    await Promise.all(dispatched.map((row) => desk.run('push', row, worker)));
    await sleep(50);
  }
}

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let left = 60; ; left--) {
    try {
      return await check();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(50);
    }
  }
}
