import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import mysql from 'mysql2/promise';
import { startChild, untilUp } from '../../scripts/servers/child.mjs';

/**
 * Every fault that the run makes. A fault is over when its promise resolves: what it broke works again.
 * @typedef {{ name: string, target: string, strike: () => Promise<void> }} Fault
 *
 * @param {{ product: object, servers: object, random: ReturnType<import('./random.mjs').chance>, signal: AbortSignal }} order
 * @returns {Fault[]}
 */
export function faultsOf({ product, servers, random, signal }) {
  const { apps, proxies } = product;
  const fault = (name, target, strike) => ({ name, target, strike });
  const rest = (least, most) => sleep(random.between(least, most) * 1000);
  const aWorker = () => random.oneOf([apps.workerA, apps.workerB]);

  const killed = (name, choose) =>
    fault(`${name} killed`, name, async () => {
      const app = choose();
      app.kill();
      await rest(0, 2);
      await app.revive();
    });
  const server = (child, answers, least, most) =>
    fault(`${child.name} killed and started again`, child.name, async () => {
      process.kill(child.pid, 'SIGKILL');
      await child.ended;
      await rest(least, most);
      // The same object, so that whoever stops the servers stops this one.
      Object.assign(child, startChild({ ...child.order, append: true }));
      await untilUp(child, answers, { seconds: 60, signal });
    });
  const late = (name, proxy) =>
    fault(`connections to ${name} delayed`, `${name} connections`, async () => {
      proxy.delay(random.between(100, 600));
      await rest(2, 5);
      proxy.delay(0);
    });
  const cut = (name, proxy) =>
    fault(`connections to ${name} cut`, `${name} connections`, async () => {
      proxy.cut();
      await rest(0, 1);
      proxy.cut();
    });
  const halfOpen = (name, proxy) =>
    fault(`connections to ${name} half-open`, `${name} connections`, async () => {
      proxy.blackHole(true);
      await rest(3, 8);
      proxy.blackHole(false);
    });

  const databaseSet = (name, on, off) =>
    fault(name, servers.mariadb.name, async () => {
      await withDatabase(servers.databaseUrl, (connection) => connection.query(on));
      await rest(1, 4);
      await withDatabase(servers.databaseUrl, (connection) => connection.query(off));
    });
  const redisDoes = (name, strike) =>
    fault(name, servers.redis.name, () => withRedis(servers.redisUrl, strike));

  return [
    killed('api', () => apps.api),
    killed('worker', aWorker),
    killed('centre', () => apps.centre),
    server(servers.mariadb, () => databaseAnswers(servers.databaseUrl), 0.5, 3),
    server(
      servers.redis,
      () => withRedis(servers.redisUrl, (redis) => redis.ping()).then(Boolean, () => false),
      0.5,
      4,
    ),
    databaseSet('database read-only', 'set global read_only = 1', 'set global read_only = 0'),
    fault('COMMITs without an answer', 'database connections', async () => {
      proxies.database.cutCommits(() => random.between(0, 1) < 0.4);
      await rest(2, 5);
      proxies.database.cutCommits(null);
    }),
    redisDoes('Redis emptied', (redis) => redis.flushall()),
    redisDoes('Redis full (`maxmemory`)', async (redis) => {
      await redis.config('SET', 'maxmemory', '1');
      await rest(2, 6);
      await redis.config('SET', 'maxmemory', '0');
    }),
    redisDoes('Redis paused (`CLIENT PAUSE`)', async (redis) => {
      const seconds = random.between(2, 6);
      await redis.client('PAUSE', Math.round(seconds * 1000), 'ALL');
      await sleep(seconds * 1000);
    }),
    ...Object.entries(proxies).flatMap(([name, proxy]) => [
      cut(name, proxy),
      late(name, proxy),
      halfOpen(name, proxy),
    ]),
    fault('worker frozen past its lease', 'worker', async () => {
      const worker = aWorker();
      worker.signal('SIGSTOP');
      await rest(9, 12);
      worker.signal('SIGCONT');
    }),
    fault('clock of one process jumped', 'clock', async () => {
      const app = random.oneOf([apps.workerA, apps.workerB, apps.api]);
      app.setClock(random.oneOf([25, -25]));
      await rest(5, 9);
      app.setClock(0);
    }),
  ];
}

async function databaseAnswers(url) {
  try {
    await withDatabase(url, (connection) => connection.query('select 1'));
    return true;
  } catch {
    return false;
  }
}

async function withDatabase(url, work) {
  const connection = await mysql.createConnection(url);
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

async function withRedis(url, work) {
  const redis = new Redis(decodeURIComponent(new URL(url).pathname), { maxRetriesPerRequest: 1 });
  redis.on('error', () => undefined);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

/** The faults of the centre itself, during the whole run. */
export const centreFaults = {
  latencyMs: 20,
  status500Share: 0.04,
  garbageShare: 0.02,
  loseAnswerShare: 0.05,
  resetShare: 0.03,
};
