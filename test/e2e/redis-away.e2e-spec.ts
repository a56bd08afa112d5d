import { setTimeout as sleep } from 'node:timers/promises';
import { type DeskUnderTest, startDesk } from './harness/desk-under-test';

// The database is the record and the job queue only announces work: losing Redis costs seconds, and nothing else.

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk?.stop());

/** Generous; what matters is that nobody at the counter waits for Redis. */
const quick = 3_000;

async function complainQuickly(count: number): Promise<string[]> {
  const codes: string[] = [];
  for (const applicant of await desk.applicants(count)) {
    const begun = performance.now();
    codes.push((await desk.complain(applicant)).code);
    expect(performance.now() - begun).toBeLessThan(quick);
  }
  return codes;
}

it('takes complaints while Redis is away, and hands them over when it returns', async () => {
  await desk.servers.redis.stop();
  const codes = await complainQuickly(5);
  await sleep(1_000);
  for (const code of codes) expect((await desk.ticket(code)).status).toBe('received');

  await desk.servers.redis.start();
  for (const code of codes) await desk.reaches(code, 'resolved');
});

it('finishes all work although Redis is emptied again and again', async () => {
  const people = await desk.applicants(20);
  const codes = await Promise.all(people.map(async (one) => (await desk.complain(one)).code));
  for (let times = 0; times < 10; times++) {
    await desk.servers.redis.flush();
    await sleep(200);
  }
  for (const code of codes) await desk.reaches(code, 'resolved');
  expect(await desk.centre.ledger(...people)).toHaveLength(people.length);
});

it('stops when it is told to, and starts, while Redis is away', async () => {
  const [worker] = desk.workers;
  await desk.servers.redis.stop();
  const stops = await Promise.all([worker!.stop(), desk.api.stop()]);
  for (const { seconds } of stops) expect(seconds).toBeLessThan(15);

  await desk.api.start();
  const codes = await complainQuickly(2);

  await desk.servers.redis.start();
  await worker!.start();
  for (const code of codes) await desk.reaches(code, 'resolved');
});
