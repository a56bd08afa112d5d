/** A bench over a database with one connection, whose clock the test moves. */
export abstract class MovedClock {
  constructor(public clock: Date) {}

  abstract sql(statement: string, parameters?: unknown[]): Promise<unknown>;

  async setClock(instant: Date): Promise<void> {
    this.clock = instant;
    await this.sql(`set session timestamp = ${instant.getTime() / 1000}`);
  }

  forward(milliseconds: number): Promise<void> {
    return this.setClock(new Date(this.clock.getTime() + milliseconds));
  }
}
