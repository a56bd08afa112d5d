import { queuePrefix } from '@sinkron/queue';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** What an attempt found. */
export interface Taken {
  /** It is one too many. */
  over: boolean;
  /** How many there were in this window, this one included. */
  count: number;
  /** Seconds until the window ends. */
  wait: number;
}

/**
 * So many attempts of each key within a window that begins with the first of them: counted in Redis for all processes,
 * and in this process alone while Redis is away. What "too many" means to the caller is said by whoever asks.
 */
export class Limit {
  private readonly counter: RateLimiterRedis;

  /** @param name of the limit, part of its keys in Redis; `seconds` is the window */
  constructor(redis: Redis, name: string, { points, seconds }: { points: number; seconds: number }) {
    const options = { keyPrefix: `${queuePrefix}:${name}`, points, duration: seconds };
    this.counter = new RateLimiterRedis({
      ...options,
      storeClient: redis,
      insuranceLimiter: new RateLimiterMemory(options),
    });
  }

  /** Counts an attempt, or as many as `points`. Keys are never personal data: digests, ids and networks. */
  async take(key: string, points = 1): Promise<Taken> {
    try {
      return taken(await this.counter.consume(key, points), false);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return taken(refusal, true);
      throw refusal;
    }
  }

  /** Whether anything is counted against this key. */
  async has(key: string): Promise<boolean> {
    return ((await this.counter.get(key))?.consumedPoints ?? 0) > 0;
  }

  /** One attempt was none after all. */
  async giveBack(key: string): Promise<void> {
    await this.counter.reward(key);
  }

  /** Whatever was counted against this key is forgotten. */
  async forget(key: string): Promise<void> {
    await this.counter.delete(key);
  }
}

function taken({ consumedPoints, msBeforeNext }: RateLimiterRes, over: boolean): Taken {
  return { over, count: consumedPoints, wait: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
}
