import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statfsSync,
  symlinkSync,
} from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';

const shared = '/dev/shm';
const typeOfTmpfs = 0x01021994;
/** The data of all servers of a test run, several times over. */
const needed = 3 * 1024 ** 3;

/**
 * Makes `folder` a link to a new folder in memory, where the system offers one with enough room; elsewhere nothing
 * happens and whoever uses the folder makes it on the disk. A database that makes and drops tables all the time waits
 * for the disk more than for anything else, and a test's data is worth nothing after the test.
 *
 * A link that a killed run left is kept with what it leads to, so that the lock in there still counts.
 * @returns {boolean} whether the folder is in memory
 */
export function layInMemory(folder) {
  if (existsSync(folder)) return lstatSync(folder).isSymbolicLink();
  // After a restart of the machine a link leads nowhere.
  rmSync(folder, { force: true });
  if (!hasRoom()) return false;
  mkdirSync(dirname(folder), { recursive: true });
  symlinkSync(mkdtempSync(join(shared, 'sinkron-test-')), folder);
  return true;
}

/** Removes the folder, wherever it is. */
export function forget(folder) {
  if (existsSync(folder)) rmSync(realpathSync(folder), { recursive: true });
  rmSync(folder, { force: true });
}

function hasRoom() {
  try {
    const { type, bavail, bsize } = statfsSync(shared);
    // A container may be allowed less than its machine has; 0 or nothing is no limit.
    const allowed = process.constrainedMemory?.() || Infinity;
    return type === typeOfTmpfs && Math.min(bavail * bsize, freemem(), allowed / 2) >= needed;
  } catch {
    return false;
  }
}
