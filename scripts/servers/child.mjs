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
 * @property {string} log path of its log file
 * @property {Promise<string>} ended how it ended, in words; never rejects
 * @property {() => boolean} alive
 * @property {(seconds: number) => Promise<void>} stop TERM, then KILL for what outlasts the time given
 */

/**
 * Starts a program whose output goes to a log file. It gets a process group of its own, so that Ctrl-C reaches the
 * launcher alone, which then stops its children in the right order; and where `setpriv` exists (Linux), the kernel
 * sends it TERM when the launcher itself is killed.
 *
 * @param {{ name: string, argv: string[], env?: Record<string, string>, inherit?: NodeJS.ProcessEnv, log: string,
 *   cwd?: string }} order
 * @returns {Child}
 */
export function startChild({ name, argv, env = {}, inherit = process.env, log, cwd }) {
  const output = openSync(log, 'a', 0o600);
  const whole = tied(argv);
  const child = spawn(whole[0], whole.slice(1), {
    cwd,
    env: { ...inherit, ...env },
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let running = true;
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`),
    );
  }).finally(() => (running = false));
  const stop = async (seconds) => {
    if (!running) return;
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    await ended;
    clearTimeout(killer);
  };
  return { name, pid: child.pid ?? 0, argv: whole, env, log, ended, alive: () => running, stop };
}

function tied(argv) {
  const setpriv = onPath('setpriv');
  return setpriv ? [setpriv, '--pdeathsig', 'TERM', ...argv] : argv;
}

/**
 * Waits until the child answers.
 * @param {Child} child
 * @param {() => Promise<boolean>} answers asked again and again
 * @param {number} seconds how long at most
 * @throws Error with the last lines of its log, when it ends or stays silent; it is then stopped
 */
export async function untilUp(child, answers, seconds) {
  const end = Date.now() + seconds * 1000;
  while (child.alive() && Date.now() < end) {
    if (await answers()) return;
    await sleep(50);
  }
  const silent = child.alive();
  await child.stop(5);
  const reason = silent ? `did not answer within ${seconds} s` : await child.ended;
  throw new Error(`${child.name} ${reason}\n${lastLines(child.log)}`);
}

/** @param {string} log @returns {string} the end of a log file, indented, under its name */
export function lastLines(log, count = 15) {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-count);
  return [`  last lines of ${log}:`, ...lines.map((line) => `    ${line}`)].join('\n');
}
