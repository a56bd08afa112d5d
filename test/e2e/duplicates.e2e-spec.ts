import { setTimeout as sleep } from 'node:timers/promises';
import type { Applicant } from './harness/applicants';
import { type DeskUnderTest, startDesk } from './harness/desk-under-test';
import { eventually } from './harness/eventually';
import { fromBinary } from '@sinkron/database';
import { Queue } from 'bullmq';

// The centre applies each consolidation once (R6), whatever queues and processes do on our side.

let desk: DeskUnderTest;
beforeAll(async () => {
  // Longer than two calls at a slow centre, so that only a dead worker loses its lease.
  desk = await startDesk({ workers: 2, durations: { registryTimeout: 3_000, lease: 5_000 } });
});
afterAll(() => desk?.stop());
beforeEach(async () => {
  await desk.centre.admin('PUT', '/admin/faults', {});
});

it('does once what six jobs told two workers to do', async () => {
  await Promise.all(desk.workers.map((worker) => worker.stop()));
  const [applicant] = await desk.applicants(1);
  const { code } = await desk.complain(applicant!);
  await deliverAgain(5);
  await desk.centre.admin('PUT', '/admin/faults', { latencyMs: 300 });
  await Promise.all(desk.workers.map((worker) => worker.start()));

  await desk.reaches(code, 'resolved');
  expect(await pushes(applicant!)).toEqual(await pushKeys(code));
  await eventually(async () => expect(await staleJobs()).toBeGreaterThanOrEqual(5));
});

it('sends a push again under its own key when the worker died without its answer', async () => {
  await desk.workers[1]!.stop();
  await desk.centre.admin('PUT', '/admin/faults', { latencyMs: 1_000 });
  const people = await desk.applicants(5);
  const codes = await Promise.all(people.map(async (one) => (await desk.complain(one)).code));
  await eventually(async () => {
    for (const code of codes) {
      const { handOvers } = (await desk.ticket(code)).evidence;
      expect(handOvers).toMatchObject([{ state: 'composed' }]);
    }
  });
  // Each push leaves right after it is composed. A frozen process reads no answer, so that when it is killed the
  // centre has pushes of which we know nothing.
  await sleep(300);
  desk.workers[0]!.freeze();
  await eventually(async () => expect(await desk.centre.ledger(...people)).not.toEqual([]));
  await desk.workers[0]!.kill();
  for (const code of codes) {
    expect((await desk.ticket(code)).evidence.handOvers).toMatchObject([{ state: 'composed' }]);
  }

  await desk.centre.admin('PUT', '/admin/faults', {});
  await desk.workers[1]!.start();
  for (const [at, code] of codes.entries()) {
    await desk.reaches(code, 'resolved');
    expect(await pushes(people[at]!)).toEqual(await pushKeys(code));
  }
});

/** Adds so many more jobs for the one push that waits, as if its first job had been lost and found. */
async function deliverAgain(times: number): Promise<void> {
  const [row] = await desk.servers.database.query<{ id: Buffer; lease_no: number }>(
    `select id, lease_no from work where kind = 'push'`,
  );
  const { id, lease_no: leaseNo } = row!;
  const data = { kind: 'push', id: fromBinary(id), leaseNo, correlationId: 'delivered-again' };
  await desk.servers.redis.with(async (connection) => {
    const queue = new Queue('push', { connection, prefix: '{sinkron}' });
    await queue.addBulk(
      Array.from({ length: times }, (_, at) => ({
        name: 'push',
        data,
        opts: { jobId: `again-${at}`, removeOnComplete: true },
      })),
    );
    await queue.close();
  });
}

async function pushes(applicant: Applicant): Promise<string[]> {
  return (await desk.centre.ledger(applicant)).map(({ idempotencyKey }) => idempotencyKey);
}

/** One, as the ticket was pushed once. */
async function pushKeys(code: string): Promise<string[]> {
  const { evidence } = await desk.ticket(code);
  expect(evidence.handOvers).toHaveLength(1);
  return evidence.handOvers.map(({ id }) => id);
}

/** How many jobs the workers found to be somebody else's. */
async function staleJobs(): Promise<number> {
  const texts = await Promise.all(desk.workers.map((worker) => worker.metrics()));
  const found = texts.map((text) => /sinkron_jobs_total\{kind="push",end="stale"\} (\d+)/.exec(text)?.[1]);
  return found.reduce((sum, count) => sum + Number(count ?? 0), 0);
}
