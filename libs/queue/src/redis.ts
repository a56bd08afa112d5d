import { type Command, Redis, type RedisOptions } from 'ioredis';

/** The process's fail-fast Redis client, for adding jobs, for limits and for health. */
export const REDIS = Symbol('redis');

/** A hash tag, so that all keys of a queue live in one slot of a Redis Cluster. */
export const queuePrefix = '{sinkron}';

/** Told of every failure of a connection; without one ioredis prints them. */
type OnError = (error: Error) => void;

/**
 * For requests: fails at once when Redis is away, and once it has not answered. What must happen is in the database
 * anyway.
 */
export function createProducerRedis(url: string, onError: OnError): Redis {
  const redis = new PatientOnce({
    ...optionsFor(url),
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: 2_000,
  });
  return redis.on('error', onError);
}

/**
 * For BullMQ workers: waits for Redis as long as it takes. `socketTimeout` notices a half-open connection, on
 * which a worker would otherwise wait for ever.
 */
export function createWorkerRedis(url: string, onError: OnError): Redis {
  const redis = new Redis({ ...optionsFor(url), maxRetriesPerRequest: null, socketTimeout: 20_000 });
  return redis.on('error', onError);
}

/** After a command without an answer, so long all others fail at once. */
const pauseAfterSilence = 5_000;

/**
 * A Redis that accepts commands and answers none costs one time-out, not one for each command: for a while the others
 * fail at once, and then one command tries again.
 */
class PatientOnce extends Redis {
  private silentUntil = 0;

  override sendCommand(command: Command, stream?: Parameters<Redis['sendCommand']>[1]): unknown {
    const now = performance.now();
    if (this.status === 'ready' && now < this.silentUntil) {
      command.reject(new Error('Redis does not answer now'));
      return command.promise;
    }
    // While one tries, the others do not wait with it.
    if (this.silentUntil > 0) this.silentUntil = now + pauseAfterSilence;
    command.promise.then(
      () => (this.silentUntil = 0),
      (error: Error) => {
        if (error.message === 'Command timed out') this.silentUntil = performance.now() + pauseAfterSilence;
      },
    );
    return super.sendCommand(command, stream);
  }
}

function optionsFor(url: string): RedisOptions {
  return {
    ...address(url),
    connectTimeout: 2_000,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  };
}

function address(url: string): RedisOptions {
  const parsed = new URL(url);
  if (parsed.protocol === 'unix:')
    return { path: decodeURIComponent(parsed.pathname), db: Number(parsed.searchParams.get('db')) || 0 };
  return {
    host: parsed.hostname,
    port: parsed.port ? Number(parsed.port) : 6379,
    username: decodeURIComponent(parsed.username) || undefined,
    password: decodeURIComponent(parsed.password) || undefined,
    db: Number(parsed.pathname.slice(1)) || 0,
    tls: parsed.protocol === 'rediss:' ? {} : undefined,
  };
}
