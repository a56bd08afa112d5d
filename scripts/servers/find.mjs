import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from './on-path.mjs';

/**
 * How to call a server: the program, the extra environment it needs, and for MariaDB the tree it belongs to
 * (`null`: where the system put it).
 * @typedef {{ program: string, env: Record<string, string>, tree: string | null }} Found
 */

/** @returns {Found | null} the installed MariaDB; a `mysqld` of another make is not taken for one */
export function installedMariadb() {
  for (const program of [onPath('mariadbd'), onPath('mysqld')]) {
    if (program && installDb(program) && isMariadb(program)) return { program, env: {}, tree: null };
  }
  return null;
}

/** @returns {Found | null} the installed Valkey or Redis */
export function installedRedis() {
  const program = onPath('valkey-server') ?? onPath('redis-server');
  return program ? { program, env: {}, tree: null } : null;
}

/** The script that lays out a new data folder. @returns {string | null} */
export function installDb() {
  return onPath('mariadb-install-db') ?? onPath('mysql_install_db');
}

function isMariadb(program) {
  try {
    return /mariadb/i.test(execFileSync(program, ['--no-defaults', '--version'], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

/**
 * The servers in the unpacked packages.
 * @param {string} folder the tree, under the name by which the servers shall be called
 * @returns {{ mariadb: Found, redis: Found }}
 */
export function unpackedServers(folder) {
  const paths = ['usr/lib', 'lib'].flatMap((name) => libraryFolders(join(folder, name)));
  const env = { LD_LIBRARY_PATH: paths.join(':') };
  return {
    mariadb: { program: join(folder, 'usr/sbin/mariadbd'), env, tree: join(folder, 'usr') },
    redis: { program: join(folder, 'usr/bin/redis-server'), env, tree: null },
  };
}

function libraryFolders(folder) {
  if (!existsSync(folder)) return [];
  const multiarch = readdirSync(folder).filter((name) => /-linux-gnu/.test(name));
  return [...multiarch.map((name) => join(folder, name)), folder];
}
