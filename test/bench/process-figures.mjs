import { readFileSync } from 'node:fs';

/** Ticks of `/proc/<pid>/stat` in a second: 100 on every Linux that Node runs on. */
const ticks = 100;

/** @param {number} pid @returns {number} seconds of processor time, in user and in kernel mode, since its start */
export function cpuSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is a name in brackets and may hold anything, spaces too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userMode, kernelMode] = [fields[11], fields[12]].map(Number);
  return (userMode + kernelMode) / ticks;
}

/** @param {number} pid @returns {number} MiB: its own memory, and its share of what it shares with others */
export function memory(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)[1]) / 1024;
}
