import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { forget, layInMemory } from '../servers/memory.mjs';
import { startServers } from '../servers/start-servers.mjs';
import { toldToStop } from '../servers/told-to-stop.mjs';
import { check } from './check.mjs';
import { runJest } from './jest.mjs';
import { places } from './places.mjs';
import { build, install } from './prepare.mjs';

/**
 * `npm test`: the checks, then the unit, medium and end-to-end tests on MariaDB and Redis of their own, up to the
 * first failure. The last line is `N passed, N failed`, which CI reads. With arguments, only jest runs, with these.
 *
 * Ends the process: 0 when all passed.
 * @param {string[]} arguments_ for jest
 */
export async function test(arguments_) {
  process.chdir(places.project);
  const told = toldToStop({ parent: process.env.npm_lifecycle_event ? 'npm' : null });
  const { signal } = told;
  const counts = { passed: 0, failed: 0 };
  let servers;
  let failure;
  try {
    heading('Set-up');
    const inMemory = layInMemory(places.test);
    const [started, prepared] = await Promise.allSettled([
      startServers({
        data: places.test,
        packages: places.packages,
        fresh: true,
        throwaway: true,
        say: console.log,
        signal,
      }),
      install({ say: console.log, signal }),
    ]);
    servers = started.value;
    for (const outcome of [started, prepared]) if (outcome.status === 'rejected') throw outcome.reason;
    await runSteps(arguments_, { servers, env: inMemory ? temporaryFolder() : {}, counts, signal });
  } catch (error) {
    failure = error;
  }
  await servers?.stop();
  if (servers) forget(places.test);
  if (failure) console.error(`\nFailed: ${failure.message}`);
  // A run that failed never says "0 failed", whatever failed.
  if (failure && counts.failed === 0) counts.failed = 1;
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exit(signal.aborted ? (await told.reason).code || 1 : Number(Boolean(failure)));
}

async function runSteps(arguments_, { signal, ...run }) {
  const jest = (name, given) => {
    heading(name);
    return runJest(given, { ...run, signal });
  };
  if (arguments_.length > 0) {
    await build({ say: console.log, signal });
    return jest('jest', arguments_);
  }
  heading('Checks: types, build, format, lint, architecture, drift');
  // They build, too.
  await check({ signal });
  await jest('Unit tests', ['--selectProjects', 'unit']);
  await jest('Medium tests: with MariaDB and Redis', ['--selectProjects', 'medium']);
  // Each of these starts a whole system of processes: two at a time, and what a failed one leaves
  // open ends with jest.
  await jest('End-to-end tests', ['--selectProjects', 'e2e', '--maxWorkers=2', '--forceExit']);
}

/** Tests start servers on folders of their own: in memory too, and gone with the rest, even when a test is killed. */
function temporaryFolder() {
  const folder = join(realpathSync(places.test), 'tmp');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return { TMPDIR: folder };
}

function heading(text) {
  console.log(`\n=== ${text} ===\n`);
}
