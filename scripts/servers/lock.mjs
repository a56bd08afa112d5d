import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * One launcher at a time on a data folder. The lock names the launcher and its children by process id and time of
 * birth, so a number that the system has given to somebody else is not mistaken for one of ours.
 *
 * Children of a launcher that was killed may still be writing; whoever takes the lock over ends them first.
 *
 * @param {string} folder made if missing
 * @returns {Promise<{ note: (pid: number) => void, release: () => void }>} `note` adds a child
 * @throws Error when another launcher holds the folder
 */
export async function lockFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'launcher.json');
  const state = { launcher: identity(process.pid), children: [] };
  while (!create(path, state)) {
    const holder = holderOf(folder);
    if (holder?.launcher && isAlive(holder.launcher)) {
      throw new Error(
        `${folder} is in use by process ${holder.launcher.pid}: stop that one first (Ctrl-C in its window)`,
      );
    }
    for (const child of holder?.children ?? []) await end(child);
    rmSync(path, { force: true });
  }
  const note = (pid) => {
    state.children.push(identity(pid));
    write(path, state);
  };
  return { note, release: () => rmSync(path, { force: true }) };
}

/** A link appears whole or not at all, and only one of two that try gets it. */
function create(path, state) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(state), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

function write(path, state) {
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${path}.${process.pid}`, path);
}

function holderOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'launcher.json'), 'utf8'));
  } catch {
    return null;
  }
}

function identity(pid) {
  return { pid, born: born(pid) };
}

function isAlive({ pid, born: then }) {
  const now = born(pid);
  return now !== null && now === then;
}

/** @returns {string | null} when the process began, in whatever words the system has for it; null if it is gone */
function born(pid) {
  try {
    if (process.platform === 'linux') {
      // The name in parentheses may hold spaces; what follows it is: state, ppid, … and, as the 20th, the start time.
      const [state, ...rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
      return state === 'Z' ? null : rest[18];
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

async function end(process_) {
  for (let tries = 0; isAlive(process_); tries += 1) {
    if (tries === 0) process.kill(process_.pid, 'SIGTERM');
    if (tries === 200) process.kill(process_.pid, 'SIGKILL');
    if (tries === 300) throw new Error(`process ${process_.pid} of an earlier start does not end`);
    await sleep(50);
  }
}
