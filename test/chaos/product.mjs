import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { databaseUsers } from '../../scripts/launcher/environment.mjs';
import { runToEnd, startChild, untilUp } from '../../scripts/servers/child.mjs';
import { places } from '../../scripts/launcher/places.mjs';
import { builtApp } from '../bench/our-desk.mjs';
import { startMessages } from './messages.mjs';
import { openProxy } from './proxy.mjs';

/** Short enough that a ticket ends within seconds, long enough that a worker frozen for 12 s ends no ticket's day. */
const durations = {
  day: 180_000,
  pushLimit: 60_000,
  settle: 4_000,
  readings: [1_000, 2_000, 4_000, 6_000],
  backOff: { least: 300, most: 3_000 },
  registryTimeout: 2_000,
  configurationPause: 3_000,
  hoursPause: 3_000,
  dispatchLease: 2_000,
  lease: 8_000,
  dispatchInterval: 300,
  standstill: 600_000,
  confirmation: 60_000,
};

/**
 * The whole product, to be loaded and broken: two workers, one API, the stand-ins for the centre and for WhatsApp, and a
 * proxy before each server.
 *
 * @param {{ servers: import('../../scripts/servers/start-servers.mjs').Servers, folder: string, signal: AbortSignal }} order
 */
export async function openProduct({ servers, folder, signal }) {
  const socketOf = (url) => ({ path: decodeURIComponent(new URL(url).searchParams.get('socketPath')) });
  const proxies = {
    database: await openProxy(socketOf(servers.databaseUrl)),
    redis: await openProxy({ path: decodeURIComponent(new URL(servers.redisUrl).pathname) }),
  };
  const [api, workerA, workerB, centre] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  proxies.centre = await openProxy({ host: '127.0.0.1', port: centre });

  const messages = await startMessages();
  const { databaseUrl: application, migrationUrl } = databaseUsers(
    {},
    { databaseUrl: servers.databaseUrl, isPrivate: true, databasePassword: randomBytes(12).toString('hex') },
  );
  const ring = () => `k1:${randomBytes(32).toString('base64')}`;
  const env = {
    DATA_KEYS: ring(),
    INDEX_KEYS: ring(),
    TOKEN_KEYS: ring(),
    DURATIONS: JSON.stringify(durations),
    DATABASE_URL: through(application, proxies.database.port),
    REDIS_URL: `redis://127.0.0.1:${proxies.redis.port}`,
    REGISTRY_URL: `http://127.0.0.1:${proxies.centre.port}`,
    REGISTRY_USER: 'sinkron',
    REGISTRY_PASSWORD: randomBytes(12).toString('hex'),
    PORT: String(api),
    PUBLIC_URL: `http://127.0.0.1:${api}`,
    LOG_LEVEL: 'warn',
    ...messages.environment,
  };
  messages.reportTo(`${env.PUBLIC_URL}/v1/channels/whatsapp/webhook`);
  const app = (name, port, own) => process({ name, port, env: { ...env, ...own }, folder, signal });
  const apps = {
    api: app('api', api, {}),
    workerA: app('worker', workerA, { WORKER_PORT: String(workerA) }),
    workerB: app('worker', workerB, { WORKER_PORT: String(workerB) }),
    centre: process({
      name: 'registry-mock',
      port: centre,
      env: { DATABASE_URL: servers.databaseUrl, REGISTRY_MOCK_PORT: String(centre), LOG_LEVEL: 'warn' },
      folder,
      signal,
    }),
  };
  return {
    proxies,
    apps,
    api: env.PUBLIC_URL,
    /** What left to WhatsApp. */
    messages: messages.taken,
    centre: `http://127.0.0.1:${centre}`,
    databaseUrl: servers.databaseUrl,
    /** Runs a command of the desk, past the proxies. @returns its standard output */
    desk: (...command) =>
      runToEnd({
        name: `desk ${command.join(' ')}`,
        argv: [globalThis.process.execPath, builtApp('desk'), ...command],
        env: {
          ...env,
          DATABASE_URL: application,
          MIGRATION_DATABASE_URL: migrationUrl,
          REDIS_URL: servers.redisUrl,
        },
        log: join(folder, 'desk.log'),
        keepOutput: true,
        signal,
      }),
    async stop() {
      await Promise.all(Object.values(apps).map((one) => one.stop()));
      messages.stop();
      for (const proxy of Object.values(proxies)) proxy.close();
    },
  };
}

/** The same database by way of the proxy: MariaDB sees the proxy come in by its own socket. */
function through(url, port) {
  const proxied = new URL(url);
  proxied.search = '';
  proxied.hostname = '127.0.0.1';
  proxied.port = String(port);
  return proxied.toString();
}

/** One of our processes, which may be killed, frozen, and given a wrong clock. */
function process({ name, port, env, folder, signal }) {
  const clockFile = join(folder, `clock-${port}`);
  const log = join(folder, `${name}-${port}.log`);
  writeFileSync(log, '');
  let child = null;
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(1_000) })
      .then(async (answer) => (await answer.text(), answer.ok))
      .catch(() => false);
  const begin = () => {
    const argv = [
      globalThis.process.execPath,
      '--require',
      join(places.project, 'test/chaos/clock.cjs'),
      builtApp(name),
    ];
    child = startChild({ name, argv, log, append: true, env: { ...env, CLOCK_FILE: clockFile } });
  };
  const one = {
    name,
    async start() {
      begin();
      await untilUp(child, answers, { seconds: 60, signal });
    },
    /** `kill -9`: it gets no chance to finish anything. */
    kill: () => one.signal('SIGKILL'),
    /** A process that ended by itself a moment ago gets no signal. */
    signal: (what) => child.alive() && globalThis.process.kill(child.pid, what),
    /** After a kill. One that cannot start while its database is away is started again until it can. */
    async revive() {
      while (!signal.aborted) {
        await child.ended;
        begin();
        const up = await Promise.race([child.ended.then(() => false), upWithin(30_000, answers)]);
        if (up) return;
        one.kill();
      }
    },
    /** @param {number} hours ahead of the true time, or behind it */
    setClock: (hours) => writeFileSync(clockFile, String(hours * 3_600_000)),
    async stop() {
      await child?.stop(10);
      rmSync(clockFile, { force: true });
    },
  };
  return one;
}

async function upWithin(limit, answers) {
  const end = performance.now() + limit;
  while (performance.now() < end) {
    if (await answers()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
