import type { DataSource } from 'typeorm';
import { Beats } from './beats';
import type { Config } from '@sinkron/config';
import type { Transactions } from '@sinkron/database';
import type { Redis } from 'ioredis';

export type CheckName = 'database' | 'migrations' | 'redis' | 'redisPolicy' | 'worker' | 'ladder';

/** What one check found; the detail is for the person on duty and never holds an address, a user or a value. */
export interface Finding {
  status: 'ok' | 'degraded' | 'away';
  detail?: string;
}

const limit = 2_000;

/** The checks by name. Each answers within two seconds, whatever it looks at. */
export function checks(
  transactions: Transactions,
  redis: Redis,
  { silence, lateStep }: Pick<Config['durations'], 'silence' | 'lateStep'>,
): Record<CheckName, () => Promise<Finding>> {
  return {
    database: () => bounded(() => database(transactions)),
    migrations: () => bounded(() => migrations(transactions.dataSource, transactions)),
    redis: () => bounded(() => ping(redis)),
    redisPolicy: () => bounded(() => policy(redis)),
    worker: () => bounded(() => worker(new Beats(transactions), silence)),
    ladder: () => bounded(() => ladder(transactions, lateStep)),
  };
}

async function database(transactions: Transactions): Promise<Finding> {
  await transactions.query('select 1');
  return { status: 'ok' };
}

/** Reads only: TypeORM's own question would make its table. */
async function migrations(dataSource: DataSource, transactions: Transactions): Promise<Finding> {
  const done = await transactions.query<{ name: string }>('select name from migration');
  const names = new Set(done.map(({ name }) => name));
  const pending = dataSource.migrations.filter(({ name }) => !names.has(name ?? '')).length;
  if (pending === 0) return { status: 'ok' };
  return { status: 'away', detail: `${pending} migrations have not run; run \`npm run desk -- migrate\`` };
}

/** Without a worker nothing is pushed, read or told, whatever else is in order. */
async function worker(beats: Beats, limit: number): Promise<Finding> {
  const silence = await beats.silence('worker');
  if (silence !== null && silence <= limit) return { status: 'ok' };
  const since = silence === null ? 'yet' : `for ${Math.round(silence / 1000)} s`;
  return { status: 'degraded', detail: `no worker has said that it lives ${since}` };
}

/** Somebody should have been asked about an escalation, and was not. */
async function ladder(transactions: Transactions, lateStep: number): Promise<Finding> {
  const [late] = await transactions.query<{ n: string }>(
    `select count(*) as n from work
     where kind = 'ladder' and lane = 'urgent' and due_at < utc_timestamp(3) - interval ? microsecond`,
    [lateStep * 1000],
  );
  const count = Number(late?.n ?? 0);
  if (count === 0) return { status: 'ok' };
  return { status: 'degraded', detail: `${count} escalations wait for a step that is overdue` };
}

async function ping(redis: Redis): Promise<Finding> {
  await redis.ping();
  return { status: 'ok' };
}

/** Any other policy lets Redis throw jobs away under pressure. INFO is allowed where CONFIG often is not. */
async function policy(redis: Redis): Promise<Finding> {
  const found = /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1];
  if (found === 'noeviction') return { status: 'ok' };
  return {
    status: 'degraded',
    detail: `maxmemory-policy is ${found ?? 'unknown'}; set it to noeviction, or jobs may be thrown away`,
  };
}

async function bounded(look: () => Promise<Finding>): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'away', detail: 'no answer within 2 s' }), limit);
  });
  try {
    return await Promise.race([look(), late]);
  } catch {
    return { status: 'away', detail: 'does not answer' };
  } finally {
    clearTimeout(timer);
  }
}
