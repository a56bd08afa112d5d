import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from '../servers/child.mjs';
import { places } from './places.mjs';

// A test that hangs must fail, and not hold up CI for hours.
const minutes = 20;

/**
 * Runs jest with its usual output and adds up what it found.
 *
 * @param {string[]} arguments_
 * @param {object} run
 * @param {{ databaseUrl: string, redisUrl: string }} run.servers
 * @param {{ passed: number, failed: number }} run.counts added to
 * @param {AbortSignal} run.signal
 * @throws Error when a test failed or hangs, or a file of tests could not be run
 */
export async function runJest(arguments_, { servers, counts, signal }) {
  const report = join(places.test, 'jest.json');
  rmSync(report, { force: true });
  const jest = join(places.project, 'node_modules/jest/bin/jest.js');
  const env = {
    DATABASE_URL: servers.databaseUrl,
    REDIS_URL: servers.redisUrl,
    // End-to-end tests that kill a database or empty a Redis start servers of their own with this.
    SINKRON_SERVERS: join(places.project, 'scripts/servers.mjs'),
  };
  const argv = [
    process.execPath,
    jest,
    '--json',
    `--outputFile=${report}`,
    '--passWithNoTests',
    ...arguments_,
  ];
  const limit = AbortSignal.timeout(minutes * 60_000);
  try {
    await runToEnd({ name: 'jest', argv, env, log: null, signal: AbortSignal.any([signal, limit]) });
  } catch (error) {
    throw limit.aborted ? new Error(`jest did not end within ${minutes} minutes`, { cause: error }) : error;
  } finally {
    add(report, counts);
  }
}

function add(report, counts) {
  if (!existsSync(report)) return;
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  counts.passed += numPassedTests;
  counts.failed += numFailedTests + numRuntimeErrorTestSuites;
}
