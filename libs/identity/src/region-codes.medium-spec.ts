import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// Medium because it reads files and starts a process; it needs no database.
it('region-codes.ts is what the generator makes of the installed idn-area-data', () => {
  const generator = join(__dirname, '../generate-region-codes.mjs');
  const { status, stderr } = spawnSync(process.execPath, [generator, '--check'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
