import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from './on-path.mjs';
import { unpackedPackages } from './packages.mjs';

/**
 * How to call a server: the program, the extra environment it needs, and for MariaDB the tree it belongs to
 * (null: where the system put it).
 * @typedef {{ program: string, env: Record<string, string>, tree: string | null }} Found
 */

/**
 * Where the servers that must be started are: installed, else in packages unpacked for the purpose.
 *
 * @param {{ given: { DATABASE_URL?: string, REDIS_URL?: string }, packages: string, run: string, say: (line: string) => void, signal: AbortSignal }} order
 * @returns {Promise<{ mariadb: Found | null, redis: Found | null }>} null for one whose URL is given
 * @throws Error that names the ways to have them
 */
export async function findServers({ given, packages, run, say, signal }) {
  const needed = { mariadb: !given.DATABASE_URL, redis: !given.REDIS_URL };
  const mariadb = needed.mariadb ? installedMariadb() : null;
  const redis = needed.redis ? installedRedis() : null;
  if ((mariadb || !needed.mariadb) && (redis || !needed.redis)) return { mariadb, redis };

  const tree = await unpackedPackages(packages, say, signal).catch((error) => {
    signal.throwIfAborted();
    throw new Error(`${error.message}\n${otherWays}`);
  });
  if (!tree) throw new Error(otherWays);
  const unpacked = unpackedServers(realpathSync(tree), join(run, 'packages'));
  return {
    mariadb: needed.mariadb ? (mariadb ?? unpacked.mariadb) : null,
    redis: needed.redis ? (redis ?? unpacked.redis) : null,
  };
}

/** The script that lays out a new data folder. @returns {string | null} */
export function installDb() {
  return onPath('mariadb-install-db') ?? onPath('mysql_install_db');
}

/** A `mysqld` of another make is not taken for MariaDB. */
function installedMariadb() {
  const program = onPath('mariadbd') ?? onPath('mysqld');
  return program && installDb() && isMariadb(program) ? { program, env: {}, tree: null } : null;
}

function isMariadb(program) {
  try {
    return /mariadb/i.test(execFileSync(program, ['--no-defaults', '--version'], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

function installedRedis() {
  const program = onPath('valkey-server') ?? onPath('redis-server');
  return program ? { program, env: {}, tree: null } : null;
}

/** A library path can hold neither spaces nor colons, so the tree is called by a link's name. */
function unpackedServers(tree, link) {
  symlinkSync(tree, link);
  const libraries = ['usr/lib', 'lib'].flatMap((name) => libraryFolders(join(link, name)));
  const env = { LD_LIBRARY_PATH: libraries.join(':') };
  return {
    mariadb: { program: join(link, 'usr/sbin/mariadbd'), env, tree: join(link, 'usr') },
    redis: { program: join(link, 'usr/bin/redis-server'), env, tree: null },
  };
}

function libraryFolders(folder) {
  if (!existsSync(folder)) return [];
  const multiarch = readdirSync(folder).filter((name) => name.includes('-linux-gnu'));
  return [...multiarch.map((name) => join(folder, name)), folder];
}

const otherWays = `
MariaDB (10.11 or newer) and Redis (6.2 or newer) are needed and cannot be had by themselves here. Any of these helps:
  macOS    brew install mariadb redis
  Linux    install mariadb-server and redis-server (or valkey) with your package manager
  Docker   docker run -d -p 127.0.0.1:3306:3306 -e MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1 mariadb:11.4
           docker run -d -p 127.0.0.1:6379:6379 redis:7 redis-server --appendonly yes --maxmemory-policy noeviction
  your own servers, and those from Docker, are named by
           DATABASE_URL=mysql://root@127.0.0.1:3306/sinkron REDIS_URL=redis://127.0.0.1:6379/0`;
