import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PeriodicTasks } from './periodic-tasks';
import { Consumers } from './consumers';

const jobLimit = 6_000;
const hardLimit = 9_000;

/**
 * On TERM or INT, in this order: no new dispatch, running jobs finish, then database and Redis close, then exit. A job
 * that does not finish in time is done again under its next lease, and closing a BullMQ worker hangs while Redis is
 * away: after the limit the process exits without waiting for them.
 */
export function stopOnSignal(app: NestFastifyApplication): void {
  const stop = async () => {
    setTimeout(() => process.exit(1), hardLimit).unref();
    await app.get(PeriodicTasks).stop();
    if (await finished(app.get(Consumers).close())) await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop().catch(() => process.exit(1)));
  }
}

async function finished(closing: Promise<void>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), jobLimit).unref());
  return Promise.race([closing.then(() => true), late]);
}
