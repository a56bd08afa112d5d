import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { onPath } from './on-path.mjs';

/**
 * A running child of the launcher.
 * @typedef {object} Child
 * @property {string} name what people call it
 * @property {number} pid
 * @property {string[]} argv how to start the same again
 * @property {Record<string, string>} env what that needs on top of the usual environment
 * @property {string | null} log path of its log file; null when it writes to our own output
 * @property {Promise<{ code: number | null, words: string }>} ended how it ended; never rejects
 * @property {() => boolean} alive
 * @property {() => string} output what it wrote to its standard output, if that was asked for
 * @property {(seconds: number) => Promise<void>} stop TERM, then KILL for what outlasts the time given
 * @property {object} order how it was started
 */

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches the launcher alone, which then stops its
 * children in the right order. Where `setpriv` exists (Linux) the kernel ends the child when the launcher is killed.
 *
 * @param {object} order
 * @param {string} order.name
 * @param {string[]} order.argv
 * @param {string | null} order.log file for what it writes, begun anew; null: our own output
 * @param {Record<string, string>} [order.env] on top of `inherit`
 * @param {NodeJS.ProcessEnv} [order.inherit]
 * @param {boolean} [order.append] go on in the log file instead
 * @param {boolean} [order.keepOutput] keep its standard output in memory instead: it holds secrets, or an answer
 * @returns {Child}
 */
export function startChild(order) {
  const { name, argv, log, env = {}, inherit = process.env, append = false, keepOutput = false } = order;
  const tied = onPath('setpriv') ? [onPath('setpriv'), '--pdeathsig', 'TERM', ...argv] : argv;
  const to = log === null ? 'inherit' : openSync(log, append ? 'a' : 'w', 0o600);
  const child = spawn(tied[0], tied.slice(1), {
    env: { ...inherit, ...env },
    detached: true,
    stdio: ['ignore', keepOutput ? 'pipe' : to, to],
  });
  if (log !== null) closeSync(to);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
  let running = true;
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, words: `could not be started: ${error.message}` }));
    child.once('close', (code, signal) => {
      resolve({ code, words: signal ? `was ended by ${signal}` : `ended with code ${code}` });
    });
  }).finally(() => (running = false));
  const stop = async (seconds) => {
    if (!running) return;
    signalGroup(child.pid, 'SIGTERM');
    const killer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), seconds * 1000);
    await ended;
    clearTimeout(killer);
  };
  const pid = child.pid ?? 0;
  return { name, pid, argv: tied, env, log, ended, alive: () => running, output: () => output, stop, order };
}

/** So often within a minute is bad luck; more often is a fault that starting again does not cure. */
const mostDeaths = 5;

/**
 * From now on the child is started again when it ends unasked. `ended` then tells of the
 * end after which it was not: the one that was asked for, or one too many.
 *
 * @param {Child} child stays the same object, whichever process is behind it
 * @param {{ say: (line: string) => void, note: (pid: number) => void }} tell `note` is told of every new process
 */
export function keep(child, { say, note }) {
  let current = { ...child };
  let asked = false;
  const deaths = [];
  const startAgain = async () => {
    for (;;) {
      const end = await current.ended;
      deaths.push(Date.now());
      const recent = deaths.filter((at) => at > Date.now() - 60_000).length;
      if (asked || recent > mostDeaths) return end;
      say(`${child.name} ${end.words}: starting it again`);
      await sleep(200 * recent);
      if (asked) return end;
      current = startChild({ ...child.order, append: true });
      child.pid = current.pid;
      note(current.pid);
    }
  };
  child.alive = () => current.alive();
  child.stop = async (seconds) => {
    asked = true;
    await current.stop(seconds);
  };
  child.ended = startAgain();
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The last of the group has just ended.
  }
}

/**
 * Waits until the child answers.
 * @param {Child} child
 * @param {() => Promise<boolean>} answers asked again and again
 * @param {{ seconds: number, signal: AbortSignal }} limits
 * @throws Error with the last lines of its log, when it ends or stays silent; it is then stopped
 */
export async function untilUp(child, answers, { seconds, signal }) {
  const end = Date.now() + seconds * 1000;
  while (child.alive() && Date.now() < end && !signal.aborted) {
    if (await answers()) return;
    await sleep(50);
  }
  const silent = child.alive();
  await child.stop(5);
  signal.throwIfAborted();
  const words = silent ? `did not answer within ${seconds} s` : (await child.ended).words;
  throw new Error(`${child.name} ${words}.\n${lastLines(child.log)}`);
}

/**
 * Runs a program to its end.
 * @param {Parameters<typeof startChild>[0] & { signal: AbortSignal }} order
 * @returns {Promise<string>} its standard output, if `keepOutput` asked for it
 * @throws Error with the last lines of its log, when it fails; the signal's reason, when that stopped it
 */
export async function runToEnd({ signal, ...order }) {
  signal.throwIfAborted();
  const child = startChild(order);
  const stop = () => void child.stop(5);
  signal.addEventListener('abort', stop, { once: true });
  const { code, words } = await child.ended;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`${order.name} ${words}.${order.log ? `\n${lastLines(order.log)}` : ''}`);
  return child.output();
}

/** @param {string} log @returns {string} the end of a log file, indented, under its name */
export function lastLines(log, count = 15) {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-count);
  return [`  Last lines of ${log}:`, ...lines.map((line) => `    ${line}`)].join('\n');
}
