import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd, startChild, untilUp } from '../servers/child.mjs';
import { places } from './places.mjs';

/**
 * Our own processes, run from dist. Each name is the app's folder.
 *
 * @param {Record<'ours' | 'owner' | 'mock', NodeJS.ProcessEnv>} environment
 * @param {{ note: (pid: number) => void, signal: AbortSignal }} hold `note` is told of every child that stays
 */
export function processes(environment, { note, signal }) {
  const running = [];

  /** Starts an app and waits for its health. @param {string} name @param {string} health the address to ask */
  const start = async (name, health) => {
    const inherit = name === 'registry-mock' ? environment.mock : environment.ours;
    const child = startChild({ name, argv: [process.execPath, entry(name)], inherit, log: log(name) });
    running.push(child);
    note(child.pid);
    await untilUp(child, () => isOk(health), { seconds: 60, signal });
  };

  /** Runs a command of the desk and gives back its standard output, which may hold passwords. */
  const desk = (...command) =>
    runToEnd({
      name: `desk ${command[0]}`,
      argv: [process.execPath, entry('desk'), ...command],
      inherit: command[0] === 'migrate' ? environment.owner : environment.ours,
      log: log(`desk-${command[0]}`),
      keepOutput: true,
      signal,
    });

  /** Those that call others end before those that are called. */
  const stop = async () => {
    const callers = running.filter(({ name }) => name !== 'registry-mock');
    await Promise.all(callers.map((child) => child.stop(10)));
    await Promise.all(running.map((child) => child.stop(10)));
  };

  return { running, start, desk, stop };
}

function entry(name) {
  const path = join(places.project, 'dist/apps', name, 'src/main.js');
  if (!existsSync(path)) throw new Error(`The build made no ${path}.`);
  return path;
}

function log(name) {
  return join(places.logs, `${name}.log`);
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
