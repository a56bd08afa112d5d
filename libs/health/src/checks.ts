import type { Config } from '@sinkron/config';
import { isConflict, type Transactions } from '@sinkron/database';
import { workerHeartbeatAge } from '@sinkron/observability';
import { heartbeatAge, overdueWork, recordHeartbeat } from '@sinkron/queue';
import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';

export const checkNames = ['database', 'migrations', 'redis', 'redisPolicy', 'worker', 'ladder'] as const;
export type CheckName = (typeof checkNames)[number];

export const findingStates = ['ok', 'degraded', 'away'] as const;

/** What one check found; the detail is for the person on duty and never holds an address, a user or a value. */
export interface Finding {
  status: (typeof findingStates)[number];
  detail?: string;
}

const limit = 2_000;

/** The checks by name. Each answers within two seconds. */
export function checks(
  transactions: Transactions,
  redis: Redis,
  { heartbeatLimit, lateStep }: Pick<Config['durations'], 'heartbeatLimit' | 'lateStep'>,
): Record<CheckName, () => Promise<Finding>> {
  return {
    database: () => bounded(() => database(transactions)),
    migrations: () => bounded(() => migrations(transactions.dataSource, transactions)),
    redis: () => bounded(() => ping(redis)),
    redisPolicy: () => bounded(() => policy(redis)),
    worker: () => bounded(() => worker(transactions, heartbeatLimit)),
    ladder: () => bounded(() => ladder(transactions, lateStep)),
  };
}

/** A write, because a read-only database answers every reading and takes no work. */
export async function database(transactions: Transactions): Promise<Finding> {
  await transactions.query('select 1');
  try {
    await recordHeartbeat(transactions, 'readiness');
  } catch (error) {
    // Two processes that write the row at once on two nodes: the database takes writes.
    if (!isConflict(error)) return { status: 'away', detail: 'answers, but takes no writes' };
  }
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

/** Without a worker nothing is pushed, read or sent, whatever else is in order. */
async function worker(transactions: Transactions, limit: number): Promise<Finding> {
  const age = await heartbeatAge(transactions, 'worker');
  if (age !== null) workerHeartbeatAge.set(age / 1000);
  if (age !== null && age <= limit) return { status: 'ok' };
  const since = age === null ? 'yet' : `for ${Math.round(age / 1000)} s`;
  return { status: 'degraded', detail: `no worker has sent a heartbeat ${since}` };
}

/** Somebody should have been asked about an escalation, and was not. */
async function ladder(transactions: Transactions, lateStep: number): Promise<Finding> {
  const { rows } = await overdueWork(transactions, 'ladder', lateStep);
  if (rows === 0) return { status: 'ok' };
  return { status: 'degraded', detail: `${rows} escalations wait for a step that is overdue` };
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

async function bounded(check: () => Promise<Finding>): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'away', detail: 'no answer within 2 s' }), limit);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return { status: 'away', detail: 'does not answer' };
  } finally {
    clearTimeout(timer);
  }
}
