import { setTimeout as pause } from 'node:timers/promises';
import type { PoolConnection, ResultSetHeader } from 'mysql2';
import type { DataSource, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { DatabaseTimeout, isConflict, isDatabaseAway } from './failures';
import { pauseBefore, repeatsFor } from './repeats';

const acquireLimit = 3_000;
const statementLimit = 10_000;

/** One transaction: its statements, and the database's clock at its beginning. */
export interface Transaction {
  /** `UTC_TIMESTAMP(3)` of the database, never of this process. */
  now: Date;
  /** Parameters are scalars, Buffers, Dates or rows of them; objects never reach the SQL. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** For a write: how many rows it touched. */
  execute(sql: string, parameters?: unknown[]): Promise<number>;
  /** What the entity says of its table and columns. */
  metadata<T extends ObjectLiteral>(entity: EntityTarget<T>): EntityMetadata;
}

/** Runs work in short transactions that commit wholly or not at all. */
export class Transactions {
  constructor(readonly dataSource: DataSource) {}

  /**
   * Commits what `work` did, or rolls it back. The whole of it is repeated on a conflict (1020, 1205, 1213) for as long
   * as a request may wait, so it must do nothing outside the database, and change nothing that it did not make itself.
   * A lost connection is not repeated here: only the caller knows whether a COMMIT without an answer may be done again.
   * @throws DatabaseTimeout, the driver's error, or what `work` threw
   */
  async run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const began = performance.now();
    for (let repeat = 1; ; repeat++) {
      try {
        return await this.once(work);
      } catch (error) {
        if (!isConflict(error) || performance.now() - began > repeatsFor) throw error;
      }
      await pause(pauseBefore(repeat));
    }
  }

  /** As `run`, but never repeated. */
  async once<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const connection = await this.acquire();
    try {
      await ask(connection, 'START TRANSACTION');
      const [clock] = (await ask(connection, 'select utc_timestamp(3) as now')) as [{ now: Date }];
      const result = await work(this.transactionOn(connection, clock.now));
      await ask(connection, 'COMMIT');
      return result;
    } catch (error) {
      await rollBack(connection, error);
      throw error;
    } finally {
      connection.release();
    }
  }

  /** One reading outside a transaction. */
  async query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    const connection = await this.acquire();
    try {
      return (await ask(connection, sql, parameters)) as Row[];
    } finally {
      connection.release();
    }
  }

  /** One writing statement that is a transaction by itself. */
  async execute(sql: string, parameters?: unknown[]): Promise<number> {
    const connection = await this.acquire();
    try {
      return affected(await ask(connection, sql, parameters));
    } finally {
      connection.release();
    }
  }

  /** mysql2 waits for a free connection without limit; a request must not. */
  private async acquire(): Promise<PoolConnection> {
    const connecting = this.dataSource.driver.obtainMasterConnection() as Promise<PoolConnection>;
    try {
      return await within(acquireLimit, 'A database connection', connecting);
    } catch (error) {
      connecting.then((connection) => connection.release()).catch(() => undefined);
      throw error;
    }
  }

  private transactionOn(connection: PoolConnection, now: Date): Transaction {
    return {
      now,
      query: async <Row>(sql: string, parameters?: unknown[]) =>
        (await ask(connection, sql, parameters)) as Row[],
      execute: async (sql, parameters) => affected(await ask(connection, sql, parameters)),
      metadata: (entity) => this.dataSource.getMetadata(entity),
    };
  }
}

function affected(result: unknown): number {
  return (result as Partial<ResultSetHeader>).affectedRows ?? 0;
}

/**
 * One statement, by the driver itself: TypeORM's runner makes several promises, events and a stack for each. One that
 * does not answer holds its connection: the connection is given up with it.
 */
async function ask(connection: PoolConnection, sql: string, parameters?: unknown[]): Promise<unknown> {
  const answer = new Promise((resolve, reject) => {
    connection.query(sql, parameters, (error, result) => (error ? reject(error) : resolve(result)));
  });
  try {
    return await within(statementLimit, 'A database statement', answer);
  } catch (error) {
    if (error instanceof DatabaseTimeout) connection.destroy();
    // The driver's own stack ends at its socket; this one names who asked.
    Error.captureStackTrace(error as Error);
    throw error;
  }
}

/** 1205 leaves half a transaction open, so every failure is rolled back; a connection that cannot is dropped. */
async function rollBack(connection: PoolConnection, cause: unknown): Promise<void> {
  if (isDatabaseAway(cause)) return connection.destroy();
  try {
    await ask(connection, 'ROLLBACK');
  } catch {
    connection.destroy();
  }
}

async function within<T>(limit: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseTimeout(what)), limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
