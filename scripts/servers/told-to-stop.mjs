import { parents } from './parents.mjs';

/**
 * Knows when this process shall end: by Ctrl-C or TERM, because the process that started it is gone (npm killed
 * with -9 tells nobody), or because its standard input was closed.
 *
 * @param {{ parent?: 'direct' | 'npm' | null, stdin?: boolean }} watch what to watch besides the signals
 * @returns {{ reason: Promise<{ words: string, code: number }>, signal: AbortSignal }} the first reason, with the
 *   exit code that says so; the signal is for those who are at work when it comes
 */
export function toldToStop({ parent = null, stdin = false }) {
  const abort = new AbortController();
  const reason = new Promise((resolve) => {
    const tell = (words, code) => {
      resolve({ words, code });
      abort.abort(new Error(words));
    };
    process.on('SIGINT', () => tell('interrupted', 130));
    for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => tell(`ended by ${name}`, 0));
    if (parent) {
      const now = () => parents({ throughShell: parent === 'npm' });
      const first = now();
      setInterval(() => now() !== first && tell('the process that started this is gone', 0), 1000).unref();
    }
    if (stdin) {
      const closed = () => tell('standard input was closed', 0);
      process.stdin.once('end', closed).once('error', closed).resume();
    }
  });
  // Output that leads nowhere any more (a closed window, a killed npm) must not end us half-way.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
  return { reason, signal: abort.signal };
}
