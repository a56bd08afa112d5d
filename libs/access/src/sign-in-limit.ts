import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '@sinkron/observability';
import { REDIS, queuePrefix } from '@sinkron/queue';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from './network';

const window = 15 * 60;
const failuresPerAccount = 10;
const failuresPerNetwork = 100;
const slowInterval = 30;

/**
 * Slows guessing without ever locking anybody out. After ten failures in 15 minutes an account, real or not, takes
 * one attempt in 30 seconds from each network, so that whoever guesses cannot use up the owner's attempts. A network
 * with a hundred failures over all accounts waits for the end of its 15 minutes. Counted in Redis, and in this
 * process alone while Redis is away.
 */
@Injectable()
export class SignInLimit {
  private readonly networks: RateLimiterRedis;
  private readonly accounts: RateLimiterRedis;
  private readonly slow: RateLimiterRedis;

  constructor(@Inject(REDIS) redis: Redis) {
    this.networks = limiter(redis, 'network', failuresPerNetwork, window);
    this.accounts = limiter(redis, 'account', failuresPerAccount, window);
    this.slow = limiter(redis, 'slow', 1, slowInterval);
  }

  /**
   * Counts an attempt before it is made, so that many at once are not all the first.
   * @param account a digest; never the address itself
   * @throws Problem `too_many` with `Retry-After`
   */
  async enter(account: string, address: string): Promise<void> {
    const network = networkOf(address);
    const fromNetwork = await take(this.networks, network);
    if (fromNetwork.over) throw tooMany(fromNetwork.wait);
    const onAccount = await take(this.accounts, account);
    if (onAccount.count < failuresPerAccount) return;
    // The last free attempt takes the first slow place, so that the one after it has to wait already.
    const place = await take(this.slow, `${account}:${network}`);
    if (onAccount.over && place.over) throw tooMany(place.wait);
  }

  /** The attempt was right: what was counted against this account and this attempt is forgotten. */
  async succeeded(account: string, address: string): Promise<void> {
    const network = networkOf(address);
    await Promise.all([
      this.accounts.delete(account),
      this.slow.delete(`${account}:${network}`),
      this.networks.reward(network),
    ]);
  }
}

function limiter(redis: Redis, name: string, points: number, duration: number): RateLimiterRedis {
  const options = { keyPrefix: `${queuePrefix}:sign-in:${name}`, points, duration };
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    insuranceLimiter: new RateLimiterMemory(options),
  });
}

interface Taken {
  over: boolean;
  count: number;
  /** Seconds until the next place. */
  wait: number;
}

async function take(limiter: RateLimiterRedis, key: string): Promise<Taken> {
  try {
    return taken(await limiter.consume(key), false);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return taken(refusal, true);
    throw refusal;
  }
}

function taken({ consumedPoints, msBeforeNext }: RateLimiterRes, over: boolean): Taken {
  return { over, count: consumedPoints, wait: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
}

function tooMany(wait: number): Problem {
  return new Problem(
    'too_many',
    {
      id: `Terlalu banyak percobaan masuk yang gagal. Coba lagi ${wait} detik lagi.`,
      en: `Too many failed sign-ins. Try again in ${wait} seconds.`,
    },
    [],
    wait,
  );
}
