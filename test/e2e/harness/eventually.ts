import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Looks again and again until a look throws nothing.
 * @returns what that look saw
 * @throws what the last look threw, when the time is up
 */
export async function eventually<T>(look: () => Promise<T>, seconds = 20): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
    await sleep(100);
  }
}
