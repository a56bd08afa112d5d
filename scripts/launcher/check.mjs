import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { runToEnd } from '../servers/child.mjs';
import { places } from './places.mjs';
import { build } from './prepare.mjs';

/** Scripts of package.json, those that take longest first; what reads the build comes after it. */
const checks = [
  { script: 'types' },
  { script: 'build', run: build },
  { script: 'format:check' },
  { script: 'lint' },
  { script: 'architecture' },
  { script: 'unused' },
  { script: 'dependencies:check' },
  { script: 'environment:check' },
  { script: 'identities:check' },
  { script: 'openapi:check', after: 'build' },
];

/**
 * `npm run check`: all that needs no server, as many checks at once as there are processors. Every check runs, also
 * after one has failed, so that one run tells of everything; a failed one shows all that it wrote.
 *
 * @param {{ signal: AbortSignal }} order
 * @throws Error that names the checks that failed
 */
export async function check({ signal }) {
  mkdirSync(places.logs, { recursive: true });
  const failed = await runAll(checks, {
    atOnce: Math.min(4, availableParallelism()),
    run: (one) => (one.run ?? runScript)({ script: one.script, signal }),
    signal,
  });
  if (failed.length > 0) throw new Error(`these checks failed: ${failed.join(', ')}`);
}

/**
 * Runs the checks in their order, so many at a time; one that comes after another waits for it, and is left out when
 * that failed.
 *
 * @param {{ script: string, after?: string }[]} list
 * @param {{ atOnce: number, run: (one: object) => Promise<void>, signal: AbortSignal, say?: (line: string) => void }} how
 * @returns {Promise<string[]>} the scripts that failed, in the order of the list
 * @throws the signal's reason
 */
export async function runAll(list, { atOnce, run, signal, say = console.log }) {
  const waiting = [...list];
  const outcomes = new Map();
  const one = async (next) => {
    const before = next.after && (await outcomes.get(next.after));
    if (before === false) return false;
    const begun = performance.now();
    const error = await run(next).then(
      () => null,
      (reason) => reason,
    );
    signal.throwIfAborted();
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    say(error ? `✗ ${next.script} (${seconds} s)\n${error.message}\n` : `✓ ${next.script} (${seconds} s)`);
    return !error;
  };
  const runner = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = one(next);
      outcomes.set(next.script, outcome);
      await outcome;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runner));
  const passed = await Promise.all(list.map(({ script }) => outcomes.get(script)));
  return list.filter((_, index) => !passed[index]).map(({ script }) => script);
}

/** As `npm run` does it, without npm's own start. */
async function runScript({ script, signal }) {
  const { scripts } = JSON.parse(readFileSync(join(places.project, 'package.json'), 'utf8'));
  const log = join(places.logs, `check-${script.replace(':', '-')}.log`);
  const env = { PATH: [join(places.project, 'node_modules/.bin'), process.env.PATH].join(delimiter) };
  const name = `npm run ${script}`;
  await runToEnd({ name, argv: ['sh', '-c', scripts[script]], env, log, signal }).catch((error) => {
    signal.throwIfAborted();
    throw new Error(`${readFileSync(log, 'utf8').trimEnd()}\n${error.message.split('\n')[0]}`, {
      cause: error,
    });
  });
}
