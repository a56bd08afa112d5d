import { isDatabaseAway } from './failures';
import { Problem } from '@sinkron/observability';

interface Waiting<Item, Answer> {
  item: Item;
  bytes: number;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

const limits = { rows: 200, bytes: 1_000_000, waiting: 2_000 };

/**
 * Commits what arrives together in one transaction: one flush in flight, the next batch is whatever came meanwhile,
 * and when none is in flight it starts at once, without a timer. A batch that fails twice goes one by one, so that one bad item
 * cannot take its neighbours with it.
 */
export class GroupCommit<Item, Answer> {
  private waiting: Waiting<Item, Answer>[] = [];
  private running: Promise<void> | null = null;

  constructor(private readonly commit: (items: Item[]) => Promise<Answer[]>) {}

  /** @throws Problem `unavailable` with `Retry-After` when too many wait; otherwise what the commit threw */
  submit(item: Item, bytes: number): Promise<Answer> {
    if (this.waiting.length >= limits.waiting) throw tooManyWaiting();
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, bytes, resolve, reject });
      this.running ??= this.flushAll();
    });
  }

  /** Resolves when nothing waits any more; for shutdown. */
  async drain(): Promise<void> {
    await this.running;
  }

  private async flushAll(): Promise<void> {
    // What arrives in the same turn of the event loop shares the first batch.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) await this.flush(this.takeBatch());
    this.running = null;
  }

  private takeBatch(): Waiting<Item, Answer>[] {
    let bytes = 0;
    let rows = 0;
    while (rows < limits.rows && rows < this.waiting.length) {
      bytes += this.waiting[rows]?.bytes ?? 0;
      if (rows > 0 && bytes > limits.bytes) break;
      rows++;
    }
    return this.waiting.splice(0, rows);
  }

  private async flush(batch: Waiting<Item, Answer>[]): Promise<void> {
    for (let attempt = 1; attempt <= 2; attempt++) {
      try {
        const answers = await this.commit(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
        return;
      } catch (error) {
        if (attempt === 1) continue;
        if (batch.length === 1 || isDatabaseAway(error)) {
          for (const { reject } of batch) reject(error);
          return;
        }
      }
    }
    for (const single of batch) await this.flush([single]);
  }
}

function tooManyWaiting(): Problem {
  return new Problem(
    'unavailable',
    {
      id: 'Terlalu banyak yang datang bersamaan. Kirim lagi sebentar lagi.',
      en: 'Too much comes at once. Send it again in a moment.',
    },
    [],
    2,
  );
}
