import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import { builtApp } from './our-desk.mjs';
import { residents } from './people.mjs';
import { start } from './start.mjs';

/** The oldest tickets are pushed first; they come from the first loads, each of a seed of its own. */
const firstLoads = 12;
const ofEach = 6_000;

/**
 * How many of the waiting tickets one worker pushes in a second to a stand-in centre that answers at once. Each is
 * a reading, a push and their rows; all share the machine.
 * @param {import('./contenders.mjs').Contender} ours whose schema is full of waiting tickets
 * @param {{ seconds: number, folder: string, signal: AbortSignal }} order
 */
export async function pushesPerSecond({ env }, { seconds, folder, signal }) {
  const running = [];
  const begin = async (program) => {
    const started = await start(program, { folder, signal });
    running.push(started.child);
    return started;
  };
  try {
    const mock = await begin({
      name: 'registry-mock',
      program: builtApp('registry-mock'),
      env: { DATABASE_URL: env.DATABASE_URL, LOG_LEVEL: 'warn' },
      port: 'REGISTRY_MOCK_PORT',
      health: '/health/live',
    });
    for (let seed = 0; seed < firstLoads; seed++) await register(mock.url, residents(seed, ofEach));
    await begin({
      name: 'worker',
      program: builtApp('worker'),
      // The stand-in answers as fast as it can: what is measured is the worker, not the rate that a centre grants.
      env: { ...env, REGISTRY_URL: mock.url, REGISTRY_RATE: '9999' },
      port: 'WORKER_PORT',
      health: '/health/ready',
    });
    return await acceptedPerSecond(env.DATABASE_URL, seconds, signal);
  } finally {
    await Promise.all(running.map((child) => child.stop(10)));
  }
}

async function register(url, people) {
  const response = await fetch(`${url}/admin/residents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ residents: people }),
  });
  if (!response.ok) throw new Error(`The stand-in centre took no residents: ${response.status}`);
}

async function acceptedPerSecond(databaseUrl, seconds, signal) {
  const database = await mysql.createConnection(databaseUrl);
  const accepted = async () => {
    const [[{ n }]] = await database.query('select count(*) as n from push where accepted_at is not null');
    return { n, at: performance.now() };
  };
  await sleep(2_000, undefined, { signal });
  const before = await accepted();
  await sleep(seconds * 1000, undefined, { signal });
  const after = await accepted();
  await database.end();
  return (1000 * (after.n - before.n)) / (after.at - before.at);
}
