import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from '../servers/child.mjs';
import { places } from './places.mjs';

const at = (...names) => join(places.project, ...names);

/**
 * Installs the dependencies if they are missing or older than the lock file, and builds if the sources are newer
 * than the last build.
 * @param {{ say: (line: string) => void, signal: AbortSignal }} order
 * @throws Error with the last lines of what failed
 */
export async function prepare({ say, signal }) {
  await install({ say, signal });
  await build({ say, signal });
}

/** @throws Error with the last lines of npm */
export async function install({ say, signal }) {
  mkdirSync(places.logs, { recursive: true });
  if (changed(at('package-lock.json')) <= changed(at('node_modules/.package-lock.json'))) return;
  // Those of another working tree, which npm would empty.
  if (lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return;
  say('installing the dependencies (npm ci; the first time may take a minute or two)');
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--prefer-offline'];
  await runToEnd({
    name: 'npm ci',
    argv: ['npm', ...options],
    log: log('npm-ci'),
    signal,
  });
}

/** @throws Error with the last lines of the compiler */
export async function build({ say = () => undefined, signal }) {
  if (newestSource() <= changed(at('dist/built'))) return;
  say('building');
  const begun = new Date();
  // With its notes and without their output, the compiler would believe that all is there already.
  if (!existsSync(at('dist/built'))) rmSync(at('dist'), { recursive: true, force: true });
  const nest = at('node_modules/@nestjs/cli/bin/nest.js');
  await runToEnd({
    name: 'nest build',
    argv: [process.execPath, nest, 'build', 'api'],
    log: log('build'),
    signal,
  });
  writeFileSync(at('dist/built'), '');
  // What was saved while we were building counts as newer.
  utimesSync(at('dist/built'), begun, begun);
}

function newestSource() {
  const files = ['package-lock.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) =>
    at(name),
  );
  for (const folder of ['apps', 'libs']) {
    for (const entry of readdirSync(at(folder), { recursive: true, withFileTypes: true })) {
      if (!entry.name.endsWith('spec.ts')) files.push(join(entry.parentPath ?? entry.path, entry.name));
    }
  }
  return Math.max(...files.map(changed));
}

/** Milliseconds; 0 for what is not there. */
function changed(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function log(name) {
  return join(places.logs, `${name}.log`);
}
