import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cpuSeconds } from './process-figures.mjs';

const run = promisify(execFile);
const loader = new URL('load.mjs', import.meta.url).pathname;
let seed = 0;

/**
 * @typedef {object} Turn
 * @property {number} accepted answers 2xx
 * @property {number} refused everything else, lost connections included
 * @property {number} perSecond accepted
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 * @property {number} cpu milliseconds of the server's processor time for each accepted one
 * @property {number} databaseCpu the same of MariaDB
 * @property {number} batch how many were committed together on average; NaN where nobody counts
 */

/**
 * Loads one running server once, after a second to get warm, and looks at what it cost.
 * @param {{ child: { pid: number }, url: string, headers: Record<string, string> }} server
 * @param {{ connections: number, seconds: number, databasePid: number, signal: AbortSignal }} order
 * @returns {Promise<Turn>}
 */
export async function measure({ child, url, headers }, { connections, seconds, databasePid, signal }) {
  const send = (howLong) => load({ url, headers, connections, seconds: howLong }, signal);
  await send(1);
  const before = { own: cpuSeconds(child.pid), database: cpuSeconds(databasePid), batch: await batches(url) };
  const figures = await send(seconds);
  const after = { own: cpuSeconds(child.pid), database: cpuSeconds(databasePid), batch: await batches(url) };
  const each = (used) => (1000 * used) / figures.accepted;
  return {
    ...figures,
    cpu: each(after.own - before.own),
    databaseCpu: each(after.database - before.database),
    batch: (after.batch.sum - before.batch.sum) / (after.batch.count - before.batch.count),
  };
}

async function load(order, signal) {
  const loading = run(process.execPath, [loader], { signal });
  const url = `${order.url}/v1/tickets`;
  loading.child.stdin.end(JSON.stringify({ ...order, url, seed: seed++ }));
  const { stdout } = await loading;
  return JSON.parse(stdout);
}

async function batches(url) {
  const response = await fetch(`${url}/metrics`);
  const text = await response.text();
  const value = (name) =>
    Number(new RegExp(`^sinkron_intake_batch_size_${name} (\\S+)`, 'm').exec(text)?.[1]);
  return { sum: value('sum'), count: value('count') };
}
