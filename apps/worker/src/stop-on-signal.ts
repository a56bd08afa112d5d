import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Processors } from './processors';
import { SweepTimer } from './sweep-timer';

const jobLimit = 8_000;
const hardLimit = 12_000;

/**
 * On TERM or INT, in this order: no new offers, jobs in hand finish (a job that does not is done again by its next
 * lease), then database and Redis close, then exit. Every step is bounded: closing a BullMQ worker can hang when
 * Redis is away.
 */
export function stopOnSignal(app: NestFastifyApplication): void {
  const stop = async () => {
    setTimeout(() => process.exit(1), hardLimit).unref();
    await app.get(SweepTimer).stop();
    await Promise.race([
      app.get(Processors).close(),
      new Promise((resolve) => setTimeout(resolve, jobLimit).unref()),
    ]);
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop().catch(() => process.exit(1)));
  }
}
