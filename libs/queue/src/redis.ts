import { Redis, type RedisOptions } from 'ioredis';

/** The process's fail-fast Redis client, for adding jobs, for limits and for health. */
export const REDIS = Symbol('redis');

/** A hash tag, so that all keys of a queue live in one slot of a Redis Cluster. */
export const queuePrefix = '{sinkron}';

/** For requests: fails at once when Redis is away. What must happen is in the database anyway. */
export function createProducerRedis(url: string): Redis {
  return connect(url, { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: 2_000 });
}

/**
 * For BullMQ workers: waits for Redis as long as it takes. `socketTimeout` notices a half-open connection, on
 * which a worker would otherwise wait for ever.
 */
export function createWorkerRedis(url: string): Redis {
  return connect(url, { maxRetriesPerRequest: null, socketTimeout: 20_000 });
}

function connect(url: string, options: RedisOptions): Redis {
  const redis = new Redis({
    ...address(url),
    ...options,
    connectTimeout: 2_000,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  });
  // Without a listener ioredis prints every failed attempt; its state is in /health/ready.
  redis.on('error', () => undefined);
  return redis;
}

function address(url: string): RedisOptions {
  const parsed = new URL(url);
  if (parsed.protocol === 'unix:') return { path: decodeURIComponent(parsed.pathname) };
  return {
    host: parsed.hostname,
    port: parsed.port ? Number(parsed.port) : 6379,
    username: decodeURIComponent(parsed.username) || undefined,
    password: decodeURIComponent(parsed.password) || undefined,
    db: Number(parsed.pathname.slice(1)) || 0,
    tls: parsed.protocol === 'rediss:' ? {} : undefined,
  };
}
