import { setTimeout as sleep } from 'node:timers/promises';
import { Bucket, type Rate, timing } from './bucket';
import { NotAsked } from './not-asked';
import { registryHeldBack, registryTokenWait } from '@sinkron/observability';
import { queuePrefix } from '@sinkron/queue';
import type { Redis } from 'ioredis';

/** The same arithmetic as `Bucket`, in microseconds of Redis's clock, and one step for all processes. */
const script = `
  local time = redis.call('time')
  local now = time[1] * 1000000 + time[2]
  local interval, slack, patience, furthest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
  local stored = tonumber(redis.call('get', KEYS[1]) or '0')
  local from = math.min(math.max(stored, now), now + furthest)
  local wait = from - slack - now
  if wait > patience then return -wait end
  redis.call('set', KEYS[1], string.format('%.0f', from + interval), 'px', math.ceil((from + interval - now) / 1000) + 1000)
  return math.max(0, wait)`;

/** No call waits longer than this for Redis itself; after one that did, the next ones leave it out for a while. */
const redisTimeout = 300;
const redisPause = 5_000;
/** No caller waits longer than this; a reservation that lies further ahead comes from a clock that was set back. */
const longestPatience = 60_000;

/**
 * Holds all processes together to one rate of calls. The bucket lies in Redis; while Redis does not answer each
 * process keeps to its own part of the rate, so that together they are slower, never faster.
 */
export class RateLimit {
  private readonly own: Bucket;
  private askAgainAt = 0;

  /** @param processes among how many processes the rate is divided while Redis is away */
  constructor(
    private readonly redis: Redis,
    private readonly rate: Rate,
    processes: number,
  ) {
    const part = rate.perSecond / processes;
    this.own = new Bucket({ perSecond: part, burst: Math.max(1, Math.floor(rate.burst / processes)) });
  }

  /** Returns when the call may be made. @param patience milliseconds @throws NotAsked when that would be too late */
  async take(patience: number): Promise<void> {
    const wait = (await this.shared(patience)) ?? this.own.reserve(performance.now(), patience);
    if (wait < 0) {
      registryHeldBack.inc({ reason: 'rate_limited' });
      throw new NotAsked('rate_limited', -wait);
    }
    registryTokenWait.observe(wait / 1000);
    if (wait > 0) await sleep(wait);
  }

  /** @returns as `Bucket.reserve`, or null when Redis does not answer */
  private async shared(patience: number): Promise<number | null> {
    if (this.redis.status !== 'ready' || performance.now() < this.askAgainAt) return null;
    const { interval, slack } = timing(this.rate);
    const inMicroseconds = [interval, slack, patience, slack + interval + longestPatience].map(
      (milliseconds) => Math.round(milliseconds * 1000),
    );
    const key = `${queuePrefix}:registry:rate`;
    const answer = this.redis.eval(script, 1, key, ...inMicroseconds).then(
      (wait) => Number(wait) / 1000,
      () => null,
    );
    const wait = await Promise.race([answer, sleep(redisTimeout, null)]);
    if (wait === null) this.askAgainAt = performance.now() + redisPause;
    return wait;
  }
}
