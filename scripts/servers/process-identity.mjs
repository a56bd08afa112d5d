import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A process by its number and its time of birth, so that a number which the system has since given to somebody
 * else is not mistaken for it.
 * @typedef {{ pid: number, born: string | null }} Identity
 */

/** @param {number} pid @returns {Identity} */
export function identityOf(pid) {
  return { pid, born: birthOf(pid) };
}

/** @param {Identity} identity @returns {boolean} */
export function isAlive({ pid, born }) {
  return born !== null && birthOf(pid) === born;
}

/**
 * TERM, and KILL after ten seconds.
 * @param {Identity} identity
 * @throws Error when the process outlasts both
 */
export async function endProcess(identity) {
  for (let tries = 0; isAlive(identity); tries += 1) {
    if (tries === 0) process.kill(identity.pid, 'SIGTERM');
    if (tries === 200) process.kill(identity.pid, 'SIGKILL');
    if (tries === 300) throw new Error(`Process ${identity.pid} of an earlier start does not end.`);
    await sleep(50);
  }
}

/** When the process began, in whatever words the system has for it; null if it is gone. */
function birthOf(pid) {
  try {
    if (process.platform === 'linux') {
      // The name in parentheses may hold spaces; after it come the state and, nineteen fields on, the start time.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
      return fields[0] === 'Z' ? null : fields[19];
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
