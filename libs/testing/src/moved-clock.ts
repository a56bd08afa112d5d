import type { PoolConnection } from 'mysql2';
import type { DataSource } from 'typeorm';

/**
 * Moves the clock of every connection of a pool, also of those that it makes later: the clock belongs to a session, so
 * each connection is told before its next statement, when it is taken.
 */
export class PoolClock {
  private instant: Date | null = null;
  private readonly told = new WeakMap<PoolConnection, Date | null>();

  /** @param dataSource an open one */
  constructor(dataSource: DataSource) {
    const { pool } = dataSource.driver as unknown as { pool: Pool };
    pool.on('acquire', (connection) => this.tell(connection));
  }

  /** @param instant at which it stands from now on; `null` lets it run again */
  set(instant: Date | null): void {
    this.instant = instant;
  }

  private tell(connection: PoolConnection): void {
    if ((this.told.get(connection) ?? null) === this.instant) return;
    this.told.set(connection, this.instant);
    connection.query(`set session timestamp = ${this.instant ? this.instant.getTime() / 1000 : 'default'}`);
  }
}

interface Pool {
  on(event: 'acquire', listener: (connection: PoolConnection) => void): void;
}

/** A bench over a database whose clock the test moves, on all connections at once. */
export abstract class MovedClock {
  private readonly database: PoolClock;

  /** @param clock as it stands after the first `setClock`; until then the database's own runs */
  constructor(
    public clock: Date,
    dataSource: DataSource,
  ) {
    this.database = new PoolClock(dataSource);
  }

  async setClock(instant: Date): Promise<void> {
    this.clock = instant;
    this.database.set(instant);
  }

  forward(milliseconds: number): Promise<void> {
    return this.setClock(new Date(this.clock.getTime() + milliseconds));
  }
}
