import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installedMariadb, installedRedis, unpackedServers } from './find.mjs';
import { lockFolder } from './lock.mjs';
import { startMariadb } from './mariadb.mjs';
import { unpackedPackages } from './packages.mjs';
import { startRedis } from './redis.mjs';

/**
 * What the processes need, found or started.
 * @typedef {object} Servers
 * @property {string} databaseUrl
 * @property {string} redisUrl
 * @property {import('./child.mjs').Child | null} mariadb null where `DATABASE_URL` was given
 * @property {import('./child.mjs').Child | null} redis null where `REDIS_URL` was given
 * @property {(pid: number) => void} note names a further child that must not outlive the launcher
 * @property {() => Promise<void>} stop Redis first, then MariaDB, then the lock
 */

/**
 * MariaDB and Redis: those named by `DATABASE_URL` and `REDIS_URL`, each on its own; else private servers on `data`,
 * from installed programs or from privately unpacked packages.
 *
 * @param {{ data: string, packages: string, logs?: string, say: (line: string) => void,
 *   env?: NodeJS.ProcessEnv }} order `packages`: where unpacked packages are kept
 * @returns {Promise<Servers>}
 * @throws Error that tells a person what to do
 */
export async function startServers({ data, packages, logs = data, say, env = process.env }) {
  const lock = await lockFolder(resolve(data));
  const started = { mariadb: null, redis: null };
  const run = runFolder();
  const stop = async () => {
    await started.redis?.child.stop(10);
    await started.mariadb?.child.stop(30);
    rmSync(run, { recursive: true, force: true });
    lock.release();
  };
  try {
    mkdirSync(logs, { recursive: true });
    symlinkSync(realpathSync(data), join(run, 'data'));
    const found = await find({ mariadb: !env.DATABASE_URL, redis: !env.REDIS_URL }, packages, run, say);
    const paths = { data: join(run, 'data'), run };
    const start = async (name, starter) => {
      if (!found[name]) return;
      started[name] = await starter(found[name], { ...paths, log: join(resolve(logs), `${name}.log`) });
      lock.note(started[name].child.pid);
    };
    const both = await Promise.allSettled([start('mariadb', startMariadb), start('redis', startRedis)]);
    for (const one of both) if (one.status === 'rejected') throw one.reason;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    databaseUrl: env.DATABASE_URL || started.mariadb.url,
    redisUrl: env.REDIS_URL || started.redis.url,
    mariadb: started.mariadb?.child ?? null,
    redis: started.redis?.child ?? null,
    note: lock.note,
    stop,
  };
}

/**
 * A private folder with a short path and no spaces: a socket's path may have 107 bytes at most, and MariaDB's own
 * set-up script cannot bear spaces. Folders with long or odd names are reached through links in here.
 */
function runFolder() {
  const place = /\s/.test(tmpdir()) || tmpdir().length > 60 ? '/tmp' : tmpdir();
  return mkdtempSync(join(place, 'sinkron-'));
}

async function find(needed, packages, run, say) {
  const installed = {
    mariadb: needed.mariadb ? installedMariadb() : null,
    redis: needed.redis ? installedRedis() : null,
  };
  if ((installed.mariadb || !needed.mariadb) && (installed.redis || !needed.redis)) return installed;
  const tree = await unpackedPackages(packages, say).catch((error) => {
    throw new Error(`${error.stderr || error.message}\n${withoutServers}`);
  });
  if (!tree) throw new Error(withoutServers);
  symlinkSync(realpathSync(tree), join(run, 'packages'));
  const unpacked = unpackedServers(join(run, 'packages'));
  return {
    mariadb: needed.mariadb ? (installed.mariadb ?? unpacked.mariadb) : null,
    redis: needed.redis ? (installed.redis ?? unpacked.redis) : null,
  };
}

const withoutServers = `MariaDB (10.11 or newer) and Redis (6.2 or newer) are needed and could not be had by themselves. One of these helps:
  macOS:   brew install mariadb redis
  Debian:  sudo apt-get install mariadb-server redis-server
  Docker:  docker run -d -p 127.0.0.1:3306:3306 -e MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1 -e MARIADB_DATABASE=sinkron mariadb:11.4
           docker run -d -p 127.0.0.1:6379:6379 redis:7 redis-server --maxmemory-policy noeviction --appendonly yes
           and then: DATABASE_URL=mysql://root@127.0.0.1:3306/sinkron REDIS_URL=redis://127.0.0.1:6379/0 npm start`;
