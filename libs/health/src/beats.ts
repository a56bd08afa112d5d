import { Injectable } from '@nestjs/common';
import { Transactions } from '@sinkron/database';
import { workerSilence } from '@sinkron/observability';

/** Who says that it lives, and how long ago: a worker that hangs cannot say of itself that it does. */
@Injectable()
export class Beats {
  constructor(private readonly transactions: Transactions) {}

  /** @param process its kind; of several workers one is enough */
  async beat(process: string): Promise<void> {
    await this.transactions.execute(
      `insert into beat (process, at) values (?, utc_timestamp(3)) on duplicate key update at = values(at)`,
      [process],
    );
  }

  /** Milliseconds since the last one; null when there never was any. */
  async silence(process: string): Promise<number | null> {
    const [row] = await this.transactions.query<{ silence: string }>(
      'select timestampdiff(microsecond, at, utc_timestamp(3)) as silence from beat where process = ?',
      [process],
    );
    const silence = row ? Number(row.silence) / 1000 : null;
    if (silence !== null) workerSilence.set(silence / 1000);
    return silence;
  }
}
