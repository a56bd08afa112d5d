import { Inject, Injectable } from '@nestjs/common';
import { networkOf } from '@sinkron/access';
import { BlindIndex } from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import { REDIS, queuePrefix } from '@sinkron/queue';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

const wrongPerCode = { points: 5, duration: 15 * 60 };
/** A mobile network's one address holds thousands of phones. */
const checksPerNetwork = { points: 300, duration: 60 };

/**
 * Slows guessing of birth dates: five wrong answers for a code, real or not, close it to right and wrong alike until
 * 15 minutes after the first; and a network may ask 300 times a minute. Counted in Redis, and in this process alone
 * while Redis is away.
 */
@Injectable()
export class StatusLimit {
  private readonly codes: RateLimiterRedis;
  private readonly networks: RateLimiterRedis;

  constructor(
    @Inject(REDIS) redis: Redis,
    @Inject(BlindIndex) private readonly index: BlindIndex,
  ) {
    this.codes = limiter(redis, 'code', wrongPerCode);
    this.networks = limiter(redis, 'network', checksPerNetwork);
  }

  /**
   * Counts an attempt as wrong before it is judged, so that many at once are not all the first.
   * @throws Problem `too_many` with `Retry-After`
   */
  async enter(code: string, address: string): Promise<void> {
    await take(this.networks, networkOf(address));
    await take(this.codes, this.keyOf(code));
  }

  /** It was right: it does not count. */
  async wasRight(code: string): Promise<void> {
    await this.codes.reward(this.keyOf(code));
  }

  /** A code in any spelling is one code, and Redis never sees it. */
  private keyOf(code: string): string {
    const plain = code.toUpperCase().replace(/[\s-]/g, '');
    return this.index.digest('status-check.code', plain).toString('base64url');
  }
}

function limiter(redis: Redis, name: string, limit: { points: number; duration: number }): RateLimiterRedis {
  const options = { keyPrefix: `${queuePrefix}:status-check:${name}`, ...limit };
  const insuranceLimiter = new RateLimiterMemory(options);
  return new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter });
}

async function take(limiter: RateLimiterRedis, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw tooMany(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
  }
}

function tooMany(wait: number): Problem {
  const minutes = Math.ceil(wait / 60);
  return new Problem(
    'too_many',
    {
      id: `Terlalu banyak percobaan. Coba lagi sekitar ${minutes} menit lagi.`,
      en: `Too many attempts. Try again in about ${minutes} minutes.`,
    },
    [],
    wait,
  );
}
