import { queuePrefix } from '@sinkron/queue';
import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** What an attempt found. */
export interface Taken {
  /** It is one too many. */
  over: boolean;
  /** How many there were in this window, this one included. */
  count: number;
  /** Seconds until the window ends. */
  wait: number;
}

/** What this process knows of a key: as Redis last said, or as it counted itself. */
interface Known {
  count: number;
  /** When the window ends, by `performance.now()`. */
  until: number;
  /** In which connection to Redis that was; null when counted without it. */
  connection: number | null;
}

const mostKnown = 50_000;

/**
 * So many attempts of each key within a window that begins with the first of them: counted in Redis for all processes.
 * While Redis is away this process goes on counting from what it knows, and a Redis that has lost its counts, or
 * missed some, is told the higher one. What "too many" means to the caller is said by whoever asks.
 */
export class Limit {
  private readonly shared: RateLimiterRedis;
  private readonly known = new Map<string, Known>();
  private readonly points: number;
  private readonly window: number;
  private readonly connections: { count: number };

  /** @param name of the limit, part of its keys in Redis; `seconds` is the window */
  constructor(redis: Redis, name: string, { points, seconds }: { points: number; seconds: number }) {
    const keyPrefix = `${queuePrefix}:${name}`;
    this.shared = new RateLimiterRedis({ keyPrefix, points, duration: seconds, storeClient: redis });
    this.points = points;
    this.window = seconds * 1000;
    this.connections = connectionsOf(redis);
  }

  /** Counts an attempt, or as many as `points`. Keys are never personal data: digests, ids and networks. */
  async take(key: string, points = 1): Promise<Taken> {
    const answer = await answered(() => this.shared.consume(key, points));
    const { count, until } = answer ? await this.agree(key, answer, points) : this.countAlone(key, points);
    const wait = Math.max(1, Math.ceil((until - performance.now()) / 1000));
    return { over: count > this.points, count, wait };
  }

  /** Whether anything is counted against this key. */
  async has(key: string): Promise<boolean> {
    try {
      return ((await this.shared.get(key))?.consumedPoints ?? 0) > 0;
    } catch {
      return (this.knownOf(key)?.count ?? 0) > 0;
    }
  }

  /** One attempt was none after all. */
  async giveBack(key: string): Promise<void> {
    const answer = await answered(() => this.shared.reward(key));
    const known = this.knownOf(key);
    if (known) known.count = answer ? answer.consumedPoints : known.count - 1;
  }

  /** Whatever was counted against this key is forgotten. */
  async forget(key: string): Promise<void> {
    this.known.delete(key);
    await this.shared.delete(key).catch(() => false);
  }

  /** Redis counted an attempt. Where it knows less than this process did before it was away, it gets the rest. */
  private async agree(key: string, answer: RateLimiterRes, points: number): Promise<Known> {
    const known = this.knownOf(key);
    const now = this.remember(key, answer);
    const missing =
      known && known.connection !== this.connections.count ? known.count + points - now.count : 0;
    if (missing <= 0) return now;
    // Before anybody else of this process asks, so that it is added once.
    now.count += missing;
    const raised = await answered(() => this.shared.penalty(key, missing));
    return raised ? this.remember(key, raised) : now;
  }

  private countAlone(key: string, points: number): Known {
    const known = this.knownOf(key) ?? { count: 0, until: performance.now() + this.window };
    return this.keep(key, { ...known, count: known.count + points, connection: null });
  }

  private remember(key: string, { consumedPoints, msBeforeNext }: RateLimiterRes): Known {
    const until = performance.now() + Math.max(0, msBeforeNext);
    return this.keep(key, { count: consumedPoints, until, connection: this.connections.count });
  }

  private keep(key: string, known: Known): Known {
    this.known.delete(key);
    this.known.set(key, known);
    const oldest = this.known.keys().next();
    if (this.known.size > mostKnown && !oldest.done) this.known.delete(oldest.value);
    return known;
  }

  private knownOf(key: string): Known | undefined {
    const known = this.known.get(key);
    return known && known.until > performance.now() ? known : undefined;
  }
}

/** What Redis counted, also where that is too many; null while it is away. */
async function answered(ask: () => Promise<RateLimiterRes>): Promise<RateLimiterRes | null> {
  try {
    return await ask();
  } catch (refusal) {
    return refusal instanceof RateLimiterRes ? refusal : null;
  }
}

const connections = new WeakMap<Redis, { count: number }>();

/** How many connections a client has lost: behind a new one Redis may have lost its counts. */
function connectionsOf(redis: Redis): { count: number } {
  let known = connections.get(redis);
  if (!known) {
    const counted = { count: 0 };
    redis.on('close', () => (counted.count += 1));
    connections.set(redis, counted);
    known = counted;
  }
  return known;
}
