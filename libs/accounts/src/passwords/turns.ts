import { Problem } from '@sinkron/observability';

/** Lets so many do a costly thing at a time; the others wait in the order in which they came. */
export class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mostWaiting: number,
  ) {}

  /** @throws Problem `unavailable` when too many wait; otherwise what `work` threw */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) this.running++;
    else if (this.waiting.length >= this.mostWaiting) throw tooManyWaiting();
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever waits takes over this place; only an unused place is given back.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}

function tooManyWaiting(): Problem {
  return new Problem(
    'unavailable',
    {
      id: 'Terlalu banyak yang sedang masuk. Coba lagi sebentar lagi.',
      en: 'Too many are signing in. Try again in a moment.',
    },
    [],
    5,
  );
}
