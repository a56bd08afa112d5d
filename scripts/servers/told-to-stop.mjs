/**
 * Resolves, once, when this process shall end: by Ctrl-C or TERM, because the process that started it is gone (npm
 * killed with -9 tells nobody), or because its standard input was closed.
 *
 * @param {{ parent: boolean, stdin?: boolean }} watch what to watch besides the signals
 * @returns {Promise<{ reason: string, code: number }>} `code`: the exit code that says so
 */
export function toldToStop({ parent, stdin = false }) {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve({ reason: 'interrupted', code: 130 }));
    for (const signal of ['SIGTERM', 'SIGHUP']) {
      process.on(signal, () => resolve({ reason: `ended by ${signal}`, code: 0 }));
    }
    // A window that was closed takes its output along; that must not end us half-way.
    for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
    if (parent) {
      const first = process.ppid;
      setInterval(
        () => process.ppid !== first && resolve({ reason: 'the starting process is gone', code: 0 }),
        1000,
      ).unref();
    }
    if (stdin) {
      const closed = () => resolve({ reason: 'standard input was closed', code: 0 });
      process.stdin.once('end', closed).once('error', closed).resume();
    }
  });
}
