import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const hardLimit = 10_000;

/**
 * On TERM or INT: takes no more connections, lets requests in flight finish (bounded by `drainOnClose`), closes what
 * the process holds, and exits. After 10 s it exits with 1 in any case, because a close may hang when Redis or the
 * database is away. A second signal ends it at once.
 */
export function stopOnSignal(app: NestFastifyApplication): void {
  const stop = async () => {
    setTimeout(() => process.exit(1), hardLimit).unref();
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop().catch(() => process.exit(1)));
  }
}
