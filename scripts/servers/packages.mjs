import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { onPath } from './on-path.mjs';

const run = promisify(execFile);
const wanted = ['mariadb-server-core', 'mariadb-client-core', 'redis-tools'];
const hostLists = '/var/lib/apt/lists/';

/**
 * Debian's or Ubuntu's own packages of MariaDB and Redis, unpacked into a folder of ours: no root, and nothing on
 * the system changes. apt checks the signatures and hashes as always; only its state folders are private.
 *
 * @param {string} folder where the unpacked tree is kept from one start to the next
 * @param {(line: string) => void} say
 * @param {AbortSignal} signal ends the download
 * @returns {Promise<string | null>} the folder, or null where there is no apt
 * @throws Error with apt's own words when the packages cannot be had
 */
export async function unpackedPackages(folder, say, signal) {
  if (isOfThisSystem(folder)) return folder;
  if (!onPath('apt-get') || !onPath('dpkg-deb')) return null;
  say('MariaDB and Redis are not installed: unpacking the packages of this system privately (10 MB, once)');
  const attempt = `${resolve(folder)}.${process.pid}`;
  rmSync(attempt, { recursive: true, force: true });
  try {
    for (const archive of await download(join(attempt, 'apt'), say, signal))
      await run('dpkg-deb', ['-x', archive, attempt]);
    rmSync(join(attempt, 'apt'), { recursive: true });
    nameTheRedisServer(attempt);
    writeFileSync(join(attempt, 'system'), system());
    putInPlace(attempt, folder);
  } finally {
    rmSync(attempt, { recursive: true, force: true });
  }
  return folder;
}

/** A tree that came along from another machine would miss that machine's libraries. */
function isOfThisSystem(folder) {
  const stamp = join(folder, 'system');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === system();
}

function system() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return `${process.arch} ${/^ID=.*$/m.exec(release)?.[0]} ${/^VERSION_ID=.*$/m.exec(release)?.[0]}\n`;
}

/** The host's package lists are tried first, because they are there at once; they may be missing or too old. */
async function download(state, say, signal) {
  const lists = join(state, 'lists');
  const archives = join(state, 'cache', 'archives');
  for (const folder of [lists, archives]) mkdirSync(join(folder, 'partial'), { recursive: true });
  try {
    await apt(state, hostLists, install, signal);
  } catch {
    signal.throwIfAborted();
    say("this system's package lists are missing or old: reading new ones (private, may take a minute)");
    // A third party's source that does not answer must not stop us: whether the lists suffice shows in the install.
    const update = await apt(state, lists, ['update'], signal).catch((error) => error);
    await apt(state, lists, install, signal).catch((error) => {
      throw new Error(`${update.stderr}${error.stderr}`, { cause: error });
    });
  }
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(archives, name));
}

const install = ['install', '--download-only', '--reinstall', '--no-install-recommends', '--yes', ...wanted];

function apt(state, lists, command, signal) {
  const options = [
    `Dir::State=${state}`,
    `Dir::State::Lists=${lists}`,
    'Dir::State::status=/var/lib/dpkg/status',
    `Dir::Cache=${join(state, 'cache')}`,
    'Debug::NoLocking=1',
    'APT::Sandbox::User=root',
    'Acquire::Retries=2',
    'Acquire::http::Timeout=20',
  ];
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const limits = { env, timeout: 300_000, maxBuffer: 16_000_000, signal };
  return run('apt-get', ['-qq', ...options.flatMap((option) => ['-o', option]), ...command], limits);
}

/** redis-tools carries the server too: one binary that decides by the name under which it is called. */
function nameTheRedisServer(tree) {
  const server = join(tree, 'usr/bin/redis-server');
  if (!existsSync(server)) symlinkSync('redis-check-rdb', server);
}

function putInPlace(attempt, folder) {
  // Another start may have been quicker; its tree is as good as ours, and its servers may already run from it.
  if (isOfThisSystem(folder)) return;
  rmSync(folder, { recursive: true, force: true });
  renameSync(attempt, folder);
}
