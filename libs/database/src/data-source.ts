import mysql2 from 'mysql2';
import { DataSource } from 'typeorm';
import { migrations } from './migrations';

/**
 * What every session states for itself, so that nothing rests on a server default: the clock is UTC, bad values are
 * errors, each statement sees what is committed, and no wait for a lock outlives a request.
 */
const sessionSettings = [
  `SET time_zone = '+00:00', innodb_lock_wait_timeout = 5,
   sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** A class with `@Entity()`. */
export type EntityClass = new () => object;

export interface DatabaseOptions {
  /** mysql:// or mariadb:// URL; `?socketPath=` for a Unix socket. */
  url: string;
  entities: EntityClass[];
  poolSize?: number;
}

/** A data source that is not yet open. The dialect (`mariadb` or `mysql`) is asked from the server itself. */
export async function createDataSource({
  url,
  entities,
  poolSize = 10,
}: DatabaseOptions): Promise<DataSource> {
  const server = await describeServer(url);
  const fields = connectionFields(url);
  return new DataSource({
    ...fields,
    username: fields.user,
    type: server,
    driver: driverWithSessionSettings,
    poolSize,
    connectTimeout: 3_000,
    timezone: 'Z',
    supportBigNumbers: true,
    charset: 'utf8mb4_bin',
    entities,
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'none',
    // The driver's own log would hold parameters.
    logging: false,
    extra: { stringifyObjects: true, queueLimit: 5_000, maxIdle: poolSize, enableKeepAlive: true },
  });
}

/** Makes the schema named in the URL if it is missing: utf8mb4, compared byte by byte. */
export async function createSchema(url: string): Promise<void> {
  const { database, ...server } = connectionFields(url);
  const connection = mysql2.createConnection({ ...server, connectTimeout: 3_000 }).promise();
  try {
    await connection.query('create database if not exists ?? character set utf8mb4 collate utf8mb4_bin', [
      database,
    ]);
  } finally {
    // Not `end`: a connection that was refused never answers it, and we would wait in silence.
    connection.destroy();
  }
}

/** A database URL, taken apart as the driver wants it. */
export function connectionFields(url: string) {
  const parsed = new URL(url);
  const socketPath = parsed.searchParams.get('socketPath') ?? undefined;
  return {
    host: parsed.hostname,
    port: parsed.port ? Number(parsed.port) : 3306,
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: parsed.pathname.slice(1),
    socketPath,
  };
}

async function describeServer(url: string): Promise<'mariadb' | 'mysql'> {
  const { database: _database, ...server } = connectionFields(url);
  const connection = mysql2.createConnection({ ...server, connectTimeout: 3_000 }).promise();
  try {
    const [rows] = await connection.query('select version() as version');
    return String((rows as { version: string }[])[0]?.version).includes('MariaDB') ? 'mariadb' : 'mysql';
  } finally {
    // Not `end`: a connection that was refused never answers it, and we would wait in silence.
    connection.destroy();
  }
}

/** TypeORM makes the pool itself; this is the one place where a new connection can be met before it is used. */
const driverWithSessionSettings = {
  ...mysql2,
  createPool(options: mysql2.PoolOptions) {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection) => {
      for (const setting of sessionSettings) {
        connection.query(setting, (error) => {
          // A session without our settings must not be used: its clock and isolation would be the server's.
          if (error) connection.destroy();
        });
      }
    });
    return pool;
  },
};
