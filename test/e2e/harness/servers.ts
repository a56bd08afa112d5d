import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { project } from './app-process';
import { eventually } from './eventually';
import { spawnTied } from '@sinkron/testing';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';

interface Described {
  pid: number;
  argv: string[];
  env: Record<string, string>;
}

/** MariaDB and Redis that belong to one file of tests, so that it may kill and empty them. */
export interface Servers {
  databaseUrl: string;
  redisUrl: string;
  database: DatabaseServer;
  redis: RedisServer;
  /** Ends both and forgets their data. */
  stop(): Promise<void>;
}

export async function startServers(): Promise<Servers> {
  const data = mkdtempSync(join(tmpdir(), 'sinkron-e2e-'));
  const script = process.env.SINKRON_SERVERS ?? join(project, 'scripts/servers.mjs');
  const launcher = spawnTied([process.execPath, script, '--data', data, '--stdin'], {
    env: process.env,
  });
  let complaints = '';
  launcher.stderr?.on('data', (chunk) => (complaints += String(chunk)));
  const [line] = (await Promise.race([
    once(createInterface(launcher.stdout!), 'line'),
    once(launcher, 'exit').then(([code]) => {
      throw new Error(`The servers did not start: code ${code}\n${complaints}`);
    }),
  ])) as [string];
  const { databaseUrl, redisUrl, mariadb, redis } = JSON.parse(line) as {
    databaseUrl: string;
    redisUrl: string;
    mariadb: Described;
    redis: Described;
  };
  const servers = {
    database: new DatabaseServer(mariadb, databaseUrl),
    redis: new RedisServer(redis, decodeURIComponent(new URL(redisUrl).pathname)),
  };
  return {
    databaseUrl,
    redisUrl,
    ...servers,
    async stop() {
      // Those that were started again are ours; the launcher ends only its own.
      await servers.redis.end('SIGTERM');
      await servers.database.end('SIGTERM');
      const ended = once(launcher, 'exit');
      launcher.stdin?.end();
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A server that can be ended as an outage or a careless operator would, and started again on its data. */
abstract class Server {
  private running: { pid: number } | null;

  constructor(private readonly described: Described) {
    this.running = { pid: described.pid };
  }

  /** Resolves when it answers. */
  protected abstract answers(): Promise<unknown>;

  async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.running) return;
    const { pid } = this.running;
    process.kill(pid, signal);
    await eventually(async () => {
      if (isAlive(pid)) throw new Error(`Process ${pid} does not end on ${signal}`);
    }, 30);
    this.running = null;
  }

  /** Starts it again, as it was, and waits until it answers. */
  async start(): Promise<void> {
    const { argv, env } = this.described;
    const [program = '', ...rest] = argv;
    const child = spawn(program, rest, { env: { ...process.env, ...env }, stdio: 'ignore' });
    this.running = { pid: child.pid! };
    await eventually(() => this.answers(), 30);
  }
}

export class DatabaseServer extends Server {
  constructor(
    described: Described,
    private readonly url: string,
  ) {
    super(described);
  }

  /** `kill -9`, in the middle of whatever it was doing. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** Looks into the tables, as only tests and operators may. */
  async query<Row = Record<string, unknown>>(
    sql: string,
    parameters: (string | Buffer)[] = [],
  ): Promise<Row[]> {
    const connection = await createConnection(this.url);
    try {
      const [rows] = await connection.query(sql, parameters);
      return rows as Row[];
    } finally {
      await connection.end();
    }
  }

  protected answers(): Promise<unknown> {
    return this.query('select 1');
  }
}

export class RedisServer extends Server {
  constructor(
    described: Described,
    private readonly path: string,
  ) {
    super(described);
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** `FLUSHALL`: every job, lock and counter is gone. */
  async flush(): Promise<void> {
    await this.with((redis) => redis.flushall());
  }

  /** A connection of one's own for as long as `work` takes. */
  async with<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.path, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
    redis.on('error', () => undefined);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  }

  protected answers(): Promise<unknown> {
    return this.with((redis) => redis.ping());
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
