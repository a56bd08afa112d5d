import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';

/**
 * A TCP proxy on loopback before a server, so that the network between our processes and that server can be disturbed.
 * @typedef {object} Proxy
 * @property {number} port
 * @property {() => void} cut resets every open connection; new ones are accepted
 * @property {(milliseconds: number) => void} delay everything that passes comes so much later; 0 ends it
 * @property {(choose: (() => boolean) | null) => void} cutCommits of the chosen COMMITs the connection is reset after
 *   the server has got it and before its answer; null ends it
 * @property {(swallow: boolean) => void} blackHole nothing passes and nothing is closed: a half-open connection
 * @property {() => void} close
 */

/**
 * @param {import('node:net').NetConnectOpts} target where what comes in is sent
 * @returns {Promise<Proxy>}
 */
export async function openProxy(target) {
  const pairs = new Set();
  const state = { delay: 0, blackHole: false, isCut: null };
  const server = createServer((near) => {
    const far = createConnection(target);
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      const pass = inOrder((chunk) => to.destroyed || to.write(chunk));
      from.on('data', (chunk) => {
        if (state.blackHole || pair.unanswered) return;
        if (from === near && chunk.includes(commit) && state.isCut?.()) loseAnswer(pair);
        pass(chunk, state.delay);
      });
      from.once('close', end).once('error', end);
    }
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  };
  return {
    port: server.address().port,
    cut,
    cutCommits: (choose) => (state.isCut = choose),
    delay: (milliseconds) => (state.delay = milliseconds),
    blackHole(swallow) {
      state.blackHole = swallow;
      // Swallowed bytes leave both ends out of step, so such a connection is closed.
      if (!swallow) cut();
    },
    close() {
      server.close();
      cut();
    },
  };
}

/** As MariaDB's protocol has it: a query of this text. */
const commit = Buffer.from('\u0003COMMIT');

/** What the server answers stays here; it is given the time to do what it was asked. */
function loseAnswer(pair) {
  pair.unanswered = true;
  setTimeout(() => pair.near.resetAndDestroy(), 100);
}

/** What came first leaves first, also when the delay has become shorter meanwhile: a network loses time, not order. */
function inOrder(write) {
  const queue = [];
  const drain = () => {
    while (queue.length > 0 && queue[0].due <= performance.now()) write(queue.shift().chunk);
    if (queue.length > 0) setTimeout(drain, queue[0].due - performance.now());
  };
  return (chunk, delay) => {
    const due = Math.max(performance.now() + delay, queue.at(-1)?.due ?? 0);
    queue.push({ chunk, due });
    if (queue.length === 1) drain();
  };
}
