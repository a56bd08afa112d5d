import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChild, untilUp } from './child.mjs';
import { installDb } from './find.mjs';

const run = promisify(execFile);
const asRoot = process.getuid?.() === 0;

/** Every setting that the product's behaviour rests on is stated here; nothing rests on a server's default. */
const settings = [
  '--skip-networking',
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_bin',
  '--default-time-zone=+00:00',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=128M',
  '--innodb-log-file-size=32M',
  '--max-connections=200',
  '--max-allowed-packet=16M',
  '--skip-log-bin',
  '--sync-binlog=0',
  '--performance-schema=off',
  // Containers often forbid io_uring; the start must not depend on it.
  '--innodb-use-native-aio=0',
];

/** For data that nobody needs after a crash of the machine: nothing waits for the disk. Later settings win. */
const throwawaySettings = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--innodb-doublewrite=0',
  '--sync-frm=0',
  // A file for each of a schema's forty tables is what takes longest on a disk.
  '--innodb-file-per-table=0',
  '--loose-debug-no-sync',
];

/**
 * A private MariaDB on a Unix socket.
 * @param {import('./find.mjs').Found} found
 * @param {{ data: string, run: string, log: string }} paths the data folder and a short-lived one, both without spaces
 * @param {object} how
 * @param {boolean} how.throwaway quick and not durable, for tests
 * @param {AbortSignal} how.signal ends the wait
 * @returns {Promise<{ child: import('./child.mjs').Child, url: string }>}
 * @throws Error when the data folder cannot be laid out or the server does not come up
 */
export async function startMariadb(found, paths, { throwaway, signal }) {
  const data = join(paths.data, 'mariadb');
  // A server that starts deletes the temporary tables that it finds, also those of one that runs beside it.
  const temporary = join(paths.run, 'tables');
  mkdirSync(temporary, { recursive: true, mode: 0o700 });
  await layOut(found, data, temporary, signal);
  const socket = join(paths.run, 'mariadb.sock');
  const initFile = join(paths.run, 'schema.sql');
  writeFileSync(
    initFile,
    'create database if not exists sinkron character set utf8mb4 collate utf8mb4_bin;\n',
  );
  const argv = [
    found.program,
    '--no-defaults',
    ...places(found),
    ...settings,
    ...(throwaway ? throwawaySettings : []),
    `--datadir=${data}`,
    `--tmpdir=${temporary}`,
    `--socket=${socket}`,
    `--pid-file=${join(paths.run, 'mariadb.pid')}`,
    `--init-file=${initFile}`,
  ];
  const child = startChild({ name: 'MariaDB', argv, env: found.env, log: paths.log });
  await untilUp(child, () => greets(socket), { seconds: 60, signal });
  return { child, url: `mysql://root@localhost/sinkron?socketPath=${encodeURIComponent(socket)}` };
}

function places({ tree }) {
  const user = asRoot ? ['--user=root'] : [];
  if (!tree) return user;
  return [
    ...user,
    `--basedir=${tree}`,
    `--lc-messages-dir=${tree}/share/mysql`,
    `--plugin-dir=${tree}/lib/mysql/plugin`,
  ];
}

/** Made under another name and renamed, so that a layout cut off half-way is not taken for a finished one. */
async function layOut(found, data, temporary, signal) {
  if (existsSync(data)) return;
  const { tree, env } = found;
  const unfinished = `${data}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const script = tree ? join(tree, 'bin/mariadb-install-db') : installDb();
  const options = ['--auth-root-authentication-method=normal', '--skip-test-db', '--innodb-log-file-size=4M'];
  const arguments_ = [
    '--no-defaults',
    ...(tree ? [`--basedir=${tree}`] : []),
    ...(asRoot ? ['--user=root'] : []),
    `--datadir=${unfinished}`,
    '--skip-name-resolve',
    ...options,
  ];
  const inEnvironment = { ...process.env, ...env, TMPDIR: temporary };
  await run(script, arguments_, { env: inEnvironment, timeout: 120_000, signal });
  renameSync(unfinished, data);
}

/** The first packet that MariaDB sends is its greeting; a socket file alone may be a leftover. */
function greets(socket) {
  return new Promise((resolve) => {
    const connection = createConnection(socket);
    const settle = (up) => {
      connection.destroy();
      resolve(up);
    };
    connection.setTimeout(1000, () => settle(false));
    connection
      .once('data', () => settle(true))
      .once('error', () => settle(false))
      .once('close', () => settle(false));
  });
}
