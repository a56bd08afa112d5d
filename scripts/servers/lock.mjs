import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, identityOf, isAlive } from './process-identity.mjs';

/**
 * One launcher at a time on a data folder.
 * @typedef {object} Lock
 * @property {(pid: number) => void} note names a child, so that whoever takes over from a killed launcher ends it
 * @property {() => void} release
 */

/**
 * Takes the lock. One whose launcher was killed is taken over: its children may still be writing, so they are ended
 * first, and its run folder is removed.
 *
 * @param {string} folder the data folder, made if missing
 * @param {string} run the launcher's short-lived folder
 * @returns {Promise<Lock>}
 * @throws Error when another launcher holds the folder
 */
export async function lockFolder(folder, run) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'launcher.json');
  const state = { launcher: identityOf(process.pid), run, children: [] };
  while (!appear(path, state)) await clearAway(path);
  const note = (pid) => {
    state.children.push(identityOf(pid));
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${path}.${process.pid}`, path);
  };
  return { note, release: () => rmSync(path, { force: true }) };
}

/** A link appears whole or not at all, and of two that try only one gets it. */
function appear(path, state) {
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

async function clearAway(path) {
  const { launcher, children, run } = read(path);
  if (launcher && isAlive(launcher)) {
    throw new Error(`${path} says that process ${launcher.pid} is using this folder: stop it first.`);
  }
  for (const child of children ?? []) await endProcess(child);
  // While the children ended, another start may have done the same and taken the lock.
  if (read(path).launcher?.pid !== launcher?.pid) return;
  if (run) rmSync(run, { recursive: true, force: true });
  rmSync(path, { force: true });
}

/** A file that is gone or is not ours to read counts as nobody's. */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}
