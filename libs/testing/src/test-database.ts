import { randomBytes } from 'node:crypto';
import { type Config, loadConfig, withDatabaseName } from '@sinkron/config';
import {
  BlindIndex,
  createDataSource,
  createSchema,
  type EntityClass,
  Sealing,
  Transactions,
} from '@sinkron/database';
import { PoolClock } from './moved-clock';
import type { DataSource } from 'typeorm';

export interface TestDatabase {
  config: Config;
  dataSource: DataSource;
  transactions: Transactions;
  sealing: Sealing;
  index: BlindIndex;
  /** Moves the clock of this pool, on all its connections. `null` lets it run again. */
  setClock(instant: Date | null): Promise<void>;
  /** Drops the schema. */
  close(): Promise<void>;
}

export interface TestDatabaseOptions {
  entities?: EntityClass[];
  poolSize?: number;
  /** Single durations that the test shortens, in milliseconds. */
  durations?: Partial<Config['durations']>;
  environment?: Record<string, string>;
}

/** A schema of its own on the real server of DATABASE_URL, with all migrations run. */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const config = testConfig(options);
  await createSchema(config.databaseUrl);
  const dataSource = await createDataSource({
    url: config.databaseUrl,
    entities: options.entities ?? [],
    poolSize: options.poolSize ?? 10,
  });
  await dataSource.initialize();
  await dataSource.runMigrations();
  const transactions = new Transactions(dataSource);
  const clock = new PoolClock(dataSource);
  return {
    config,
    dataSource,
    transactions,
    sealing: new Sealing(config.dataKeys),
    index: new BlindIndex(config.indexKeys),
    async setClock(instant) {
      clock.set(instant);
    },
    async close() {
      await dataSource.query(`drop database if exists \`${databaseName(config)}\``);
      await dataSource.destroy();
    },
  };
}

/** A configuration with fresh keys and a schema name of its own on the servers of the test run. */
export function testConfig(options: TestDatabaseOptions = {}): Config {
  const key = () => randomBytes(32).toString('base64');
  const config = loadConfig({
    ...process.env,
    LOG_LEVEL: 'silent',
    // No test meets a centre that it did not start, such as a demo's on the usual port.
    REGISTRY_URL: 'http://127.0.0.1:1',
    DATA_KEYS: `d1:${key()}`,
    INDEX_KEYS: `i1:${key()}`,
    TOKEN_KEYS: `t1:${key()}`,
    REGISTRY_USER: 'test',
    REGISTRY_PASSWORD: 'test',
    ...options.environment,
  });
  const databaseUrl = withDatabaseName(config.databaseUrl, `test_${randomBytes(6).toString('hex')}`);
  return { ...config, databaseUrl, durations: { ...config.durations, ...options.durations } };
}

function databaseName(config: Config): string {
  return new URL(config.databaseUrl).pathname.slice(1);
}
