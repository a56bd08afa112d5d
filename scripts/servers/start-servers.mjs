import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findServers } from './find.mjs';
import { lockFolder } from './lock.mjs';
import { startMariadb } from './mariadb.mjs';
import { startRedis } from './redis.mjs';

/**
 * What the processes need, found or started.
 * @typedef {object} Servers
 * @property {string} databaseUrl
 * @property {string} redisUrl
 * @property {import('./child.mjs').Child | null} mariadb null where `DATABASE_URL` was given
 * @property {import('./child.mjs').Child | null} redis null where `REDIS_URL` was given
 * @property {(pid: number) => void} note names a further child that must not outlive the launcher
 * @property {() => Promise<void>} stop Redis first, then MariaDB; gives the data folder free
 */

/**
 * MariaDB and Redis: those that the environment names, each on its own; else private servers on `data`,
 * from installed programs or from privately unpacked packages. One launcher at a time may hold `data`.
 *
 * @param {object} order
 * @param {string} order.data
 * @param {string} order.packages where unpacked packages are kept from one start to the next
 * @param {string} [order.logs]
 * @param {boolean} [order.fresh] forget what an earlier start left in `data`
 * @param {boolean} [order.throwaway] quick instead of durable: for tests that never lose the machine
 * @param {{ DATABASE_URL?: string, REDIS_URL?: string }} [order.given]
 * @param {(line: string) => void} order.say
 * @param {AbortSignal} order.signal ends the start; nothing is then left running
 * @returns {Promise<Servers>}
 * @throws Error that tells a person what to do
 */
export async function startServers({
  data,
  packages,
  logs = data,
  fresh = false,
  throwaway = false,
  given = process.env,
  say,
  signal,
}) {
  const run = runFolder();
  const lock = await lockFolder(resolve(data), run).catch((error) => {
    rmSync(run, { recursive: true });
    throw error;
  });
  const started = {};
  const stop = async () => {
    await started.redis?.child.stop(10);
    await started.mariadb?.child.stop(30);
    rmSync(run, { recursive: true, force: true });
    lock.release();
  };
  const start = async (name, starter, found) => {
    if (!found) return;
    const paths = { data: join(run, 'data'), run, log: join(resolve(logs), `${name}.log`) };
    started[name] = await starter(found, paths, { throwaway, signal });
    lock.note(started[name].child.pid);
  };
  try {
    if (fresh)
      for (const name of ['mariadb', 'redis']) rmSync(join(data, name), { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    symlinkSync(realpathSync(data), join(run, 'data'));
    const found = await findServers({ given, packages, run, say, signal });
    const both = [start('mariadb', startMariadb, found.mariadb), start('redis', startRedis, found.redis)];
    for (const one of await Promise.allSettled(both)) if (one.status === 'rejected') throw one.reason;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    databaseUrl: started.mariadb?.url ?? given.DATABASE_URL,
    redisUrl: started.redis?.url ?? given.REDIS_URL,
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
