import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { project } from './harness/app-process';
import { spawnTied } from '@sinkron/testing';

it('loses nothing, does nothing twice and leaves nobody alone in half a minute under faults', async () => {
  const words = ['--minutes', '0.4', '--pause', '2', '--rate', '3', '--no-report'];
  const run = spawnTied([process.execPath, join(project, 'test/chaos/run.mjs'), ...words], {
    env: process.env,
  });
  const [table, story] = await Promise.all([text(run.stdout!), text(run.stderr!), once(run, 'exit')]);
  if (run.exitCode !== 0) throw new Error(`${story}\n${table}`);
  expect(table).toMatch(/tickets without an end or an owner\s+\| 0 \|/);
}, 400_000);
