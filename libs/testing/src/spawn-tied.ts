import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** On Linux the kernel then ends what we started when we are killed ourselves. */
const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));
const tie = setpriv ? [setpriv, '--pdeathsig', 'TERM'] : [];

/** Starts a program that does not outlive the tests, not even those that are ended by `kill -9`. */
export function spawnTied(argv: string[], options: SpawnOptions): ChildProcess {
  const [program = '', ...rest] = [...tie, ...argv];
  return spawn(program, rest, options);
}
