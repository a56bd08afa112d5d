import { mkdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { startChild, untilUp } from './child.mjs';

/**
 * A private Redis on a Unix socket. `noeviction` because BullMQ's keys must never be thrown out; the append-only
 * file so that jobs outlive a restart (what is lost all the same is dispatched again).
 * @param {import('./find.mjs').Found} found
 * @param {{ data: string, run: string, log: string }} paths the data folder and a short-lived one, both without spaces
 * @param {{ signal: AbortSignal }} how `signal` ends the wait
 * @returns {Promise<{ child: import('./child.mjs').Child, url: string }>}
 * @throws Error when the server does not come up
 */
export async function startRedis(found, paths, { signal }) {
  const data = join(paths.data, 'redis');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const socket = join(paths.run, 'redis.sock');
  const settings = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: data,
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
    save: '',
  };
  const argv = [found.program, ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])];
  const child = startChild({ name: 'Redis', argv, env: found.env, log: paths.log });
  await untilUp(child, () => answersPing(socket), { seconds: 60, signal });
  return { child, url: `unix://${socket}` };
}

/** While Redis still loads its file it answers `-LOADING`, which is not yet an answer to us. */
function answersPing(socket) {
  return new Promise((resolve) => {
    const connection = createConnection(socket, () => connection.write('PING\r\n'));
    const settle = (up) => {
      connection.destroy();
      resolve(up);
    };
    connection.setTimeout(1000, () => settle(false));
    connection.once('data', (answer) => settle(answer.toString().startsWith('+PONG')));
    connection.once('error', () => settle(false)).once('close', () => settle(false));
  });
}
