import { readFileSync } from 'node:fs';
import type { Command } from './command';
import { Failure } from './failure';
import { codeAt } from '@sinkron/accounts';
import { z } from 'zod';

const told = z.object({ totpSecret: z.string() });
const demoFile = z.object({ admin: told, supervisor: told });

/**
 * `totp [admin|supervisor] [FILE]` in the place of an authenticator app: the one-time code of this moment,
 * from the demo's own file. By this machine's clock, as a phone goes by its own.
 */
export const totp: Command = (_, args, { print, progress }) => {
  const [who = 'admin', path = '.local/demo.json'] = args;
  if (who !== 'admin' && who !== 'supervisor') throw new Failure(['Choose one of: admin, supervisor']);
  const { totpSecret } = read(path)[who];
  const now = new Date();
  print(codeAt(totpSecret, now));
  progress(`good once, for ${30 - (now.getUTCSeconds() % 30)} s and a little longer`);
  return Promise.resolve();
};

function read(path: string): z.output<typeof demoFile> {
  try {
    return demoFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new Failure([`${path} tells no secret: run \`npm start\` once`]);
  }
}
