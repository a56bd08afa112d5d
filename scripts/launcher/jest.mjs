import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from '../servers/child.mjs';
import { places } from './places.mjs';
import { silence } from './silence.mjs';

// A test that hangs must fail, and not hold up CI for hours. No single test may take longer than this.
const patience = 5 * 60;

/**
 * Runs jest with its usual output and adds up what it found.
 *
 * @param {string[]} arguments_
 * @param {object} run
 * @param {{ databaseUrl: string, redisUrl: string }} run.servers
 * @param {Record<string, string>} run.env on top of the usual
 * @param {{ passed: number, failed: number }} run.counts added to
 * @param {AbortSignal} run.signal
 * @throws Error when a test failed or hangs, or a file of tests could not be run
 */
export async function runJest(arguments_, { servers, env, counts, signal }) {
  const [report, progress] = ['jest.json', 'progress.json'].map((name) => join(places.test, name));
  for (const path of [report, progress]) rmSync(path, { force: true });
  const argv = [
    process.execPath,
    join(places.project, 'node_modules/jest/bin/jest.js'),
    '--json',
    `--outputFile=${report}`,
    '--passWithNoTests',
    '--reporters=default',
    `--reporters=${join(places.project, 'scripts/launcher/progress-reporter.mjs')}`,
    ...arguments_,
  ];
  const given = {
    ...env,
    DATABASE_URL: servers.databaseUrl,
    REDIS_URL: servers.redisUrl,
    // End-to-end tests that kill a database or empty a Redis start servers of their own with this.
    SINKRON_SERVERS: join(places.project, 'scripts/servers.mjs'),
    PROGRESS_FILE: progress,
  };
  const ended = new AbortController();
  const hung = new AbortController();
  void silence(progress, { seconds: patience, signal: ended.signal }).then(
    (words) => hung.abort(new Error(words)),
    () => undefined,
  );
  try {
    const either = AbortSignal.any([signal, hung.signal]);
    await runToEnd({ name: 'jest', argv, env: given, log: null, signal: either });
  } finally {
    ended.abort();
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
