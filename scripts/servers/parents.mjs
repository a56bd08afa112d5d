import { readFileSync } from 'node:fs';

/**
 * Who started this process, as a text that changes when that one is gone.
 *
 * npm starts a script through a shell, which lives on when npm is killed: then the shell's own parent counts as well.
 * Only Linux tells us about it; on macOS that shell replaces itself with the script.
 *
 * @param {{ throughShell: boolean }} how
 * @returns {string}
 */
export function parents({ throughShell }) {
  const parent = process.ppid;
  return throughShell ? `${parent} ${parentOfShell(parent)}` : `${parent}`;
}

function parentOfShell(pid) {
  try {
    const [, name, rest] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return /^(ba|da|z)?sh$/.test(name) ? rest.split(' ')[1] : '';
  } catch {
    return '';
  }
}
