import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { DatabaseTimeout, isConflict, isDatabaseAway } from './failures';

const acquireLimit = 3_000;
const statementLimit = 10_000;
const attempts = 3;

/** One transaction: its statements, and the database's clock as it stood at the beginning. */
export interface Transaction {
  /** `UTC_TIMESTAMP(3)` of the database, never of this process. */
  now: Date;
  /** Parameters are scalars, Buffers, Dates or rows of them; objects never reach the SQL. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** For a write: how many rows it touched. */
  execute(sql: string, parameters?: unknown[]): Promise<number>;
  manager: EntityManager;
}

/** Runs work in short transactions that commit wholly or not at all. */
export class Transactions {
  constructor(readonly dataSource: DataSource) {}

  /**
   * Commits what `work` did, or rolls it back. The whole of it is repeated on a conflict (1020, 1205, 1213), so it
   * must do nothing outside the database. A lost connection is not repeated here: only the caller knows whether a
   * COMMIT without an answer may be done again.
   * @throws DatabaseTimeout, the driver's error, or what `work` threw
   */
  async run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(work);
      } catch (error) {
        if (!isConflict(error) || attempt === attempts) throw error;
      }
    }
  }

  /** As `run`, but never repeated. */
  async once<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const runner = await this.acquire();
    try {
      await bounded(runner, 'begin', runner.query('START TRANSACTION'));
      const [clock] = await bounded(runner, 'clock', runner.query('select utc_timestamp(3) as now'));
      const result = await work(transactionOn(runner, clock.now));
      await bounded(runner, 'commit', runner.query('COMMIT'));
      return result;
    } catch (error) {
      await rollBack(runner, error);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** One reading outside a transaction. */
  async query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    const runner = await this.acquire();
    try {
      return await bounded(runner, 'query', runner.query(sql, parameters));
    } finally {
      await runner.release();
    }
  }

  /** One writing statement that is a transaction by itself. */
  async execute(sql: string, parameters?: unknown[]): Promise<number> {
    const runner = await this.acquire();
    try {
      return affected(await bounded(runner, 'statement', runner.query(sql, parameters)));
    } finally {
      await runner.release();
    }
  }

  /** mysql2 waits for a free connection without limit; a request must not. */
  private async acquire(): Promise<QueryRunner> {
    const runner = this.dataSource.createQueryRunner();
    const connecting = runner.connect();
    try {
      await within(acquireLimit, 'A database connection', connecting);
      return runner;
    } catch (error) {
      connecting.then(() => runner.release()).catch(() => undefined);
      throw error;
    }
  }
}

function transactionOn(runner: QueryRunner, now: Date): Transaction {
  return {
    now,
    query: (sql, parameters) => bounded(runner, 'query', runner.query(sql, parameters)),
    execute: async (sql, parameters) =>
      affected(await bounded(runner, 'statement', runner.query(sql, parameters))),
    manager: runner.manager,
  };
}

function affected(result: { affectedRows?: number }): number {
  return result.affectedRows ?? 0;
}

/** A statement that does not answer holds its connection: the connection is given up with it. */
async function bounded<T>(runner: QueryRunner, what: string, statement: Promise<T>): Promise<T> {
  try {
    return await within(statementLimit, `A database ${what}`, statement);
  } catch (error) {
    if (error instanceof DatabaseTimeout) destroy(runner);
    throw error;
  }
}

/** 1205 leaves half a transaction standing, so every failure is rolled back; a connection that cannot is dropped. */
async function rollBack(runner: QueryRunner, cause: unknown): Promise<void> {
  if (isDatabaseAway(cause)) return destroy(runner);
  try {
    await bounded(runner, 'rollback', runner.query('ROLLBACK'));
  } catch {
    destroy(runner);
  }
}

function destroy(runner: QueryRunner): void {
  (runner as unknown as { databaseConnection?: { destroy(): void } }).databaseConnection?.destroy();
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
