import { Problem } from '@sinkron/observability';

/** How many may work, and wait, at a time. */
export interface TurnBounds {
  atOnce: number;
  /** Of one party. */
  waitingOfOne: number;
  waiting: number;
}

/**
 * Lets so many do a costly thing at a time. The others wait: each party in the order in which its own came, and the
 * parties in turn, so that one that comes a hundred times does not keep another waiting for more than one of them.
 */
export class Turns {
  private running = 0;
  private waitingInAll = 0;
  /** By party; the first is next. */
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly bounds: TurnBounds) {}

  /** @throws Problem `unavailable` when too many wait; otherwise what `work` threw */
  async take<T>(party: string, work: () => Promise<T>): Promise<T> {
    if (this.running < this.bounds.atOnce) this.running++;
    else await this.wait(party);
    try {
      return await work();
    } finally {
      // Whoever waits takes over this place; only an unused place is given back.
      const next = this.next();
      if (next) next();
      else this.running--;
    }
  }

  private wait(party: string): Promise<void> {
    const own = this.waiting.get(party) ?? [];
    const { waiting, waitingOfOne } = this.bounds;
    if (own.length >= waitingOfOne || this.waitingInAll >= waiting) throw tooManyWaiting();
    this.waitingInAll++;
    this.waiting.set(party, own);
    return new Promise((resolve) => own.push(resolve));
  }

  private next(): (() => void) | undefined {
    const [first] = this.waiting;
    if (!first) return undefined;
    const [party, own] = first;
    const next = own.shift();
    this.waitingInAll--;
    this.waiting.delete(party);
    // Behind all others.
    if (own.length > 0) this.waiting.set(party, own);
    return next;
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
