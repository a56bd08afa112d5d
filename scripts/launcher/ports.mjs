import { connect, createServer } from 'node:net';

const address = '127.0.0.1';

/** The ports of the processes: variable, default and whose it is. */
const wanted = [
  { variable: 'PORT', usual: 3000, owner: 'the API' },
  { variable: 'WORKER_PORT', usual: 3001, owner: "the worker's health" },
  { variable: 'REGISTRY_MOCK_PORT', usual: 3100, owner: 'registry-mock' },
];

/**
 * A free port for each process: the one that the environment names, else the usual one, else any.
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} say told of every usual port that is taken
 * @returns {Promise<Record<'PORT' | 'WORKER_PORT' | 'REGISTRY_MOCK_PORT', string>>}
 * @throws Error when a port that was asked for is taken
 */
export async function choosePorts(env, say) {
  const chosen = {};
  for (const { variable, usual, owner } of wanted) {
    const asked = env[variable];
    const first = Number(asked || usual);
    const free = !Object.values(chosen).includes(String(first)) && (await isFree(first));
    if (!free && asked)
      throw new Error(`${variable}=${asked} was asked for, for ${owner}, but that port is taken.`);
    chosen[variable] = String(free ? first : await anyFreePort());
    if (!free) say(`port ${usual} is taken: ${owner} uses ${chosen[variable]} instead`);
  }
  return chosen;
}

/** Asked in both ways: some systems let two listen on one port if one of them named an address and one did not. */
async function isFree(port) {
  return !(await answers(port)) && (await listen(port)) !== null;
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: address });
    socket.once('connect', () => resolve(true) ?? socket.destroy()).once('error', () => resolve(false));
  });
}

/** @returns {Promise<number | null>} the port, null if it cannot be had */
function listen(port) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(null));
    server.listen(port, address, () => {
      const { port: given } = server.address();
      server.close(() => resolve(given));
    });
  });
}

async function anyFreePort() {
  return listen(0);
}
