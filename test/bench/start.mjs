import { createServer } from 'node:net';
import { join } from 'node:path';
import { startChild, untilUp } from '../../scripts/servers/child.mjs';

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string} program what Node runs; all with the same flags: none
 * @property {Record<string, string>} env
 * @property {string} [port] the variable that holds its port, if it is not PORT
 * @property {string} health answers when it is ready
 */

/**
 * Starts a program on a free port and waits until it answers.
 * @param {Program} program
 * @param {{ folder: string, signal: AbortSignal }} place `folder`: where its log goes
 * @returns {Promise<{ child: import('../../scripts/servers/child.mjs').Child, url: string, seconds: number }>}
 * @throws Error with the last lines of its log
 */
export async function start({ name, program, env, port = 'PORT', health }, { folder, signal }) {
  const number = await freePort();
  const url = `http://127.0.0.1:${number}`;
  const begun = performance.now();
  const child = startChild({
    name,
    argv: [process.execPath, program],
    env: { NODE_ENV: 'production', ...env, [port]: String(number) },
    log: join(folder, `${name}.log`),
  });
  await untilUp(child, () => isOk(`${url}${health}`), { seconds: 60, signal });
  return { child, url, seconds: (performance.now() - begun) / 1000 };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function isOk(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
