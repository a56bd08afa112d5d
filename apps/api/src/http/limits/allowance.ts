import type { Limit } from '@sinkron/accounts';
import { BoundedCache } from '@sinkron/database';

/** Some of a key's requests, counted in Redis already and spent here; `left` is 0 and `closedUntil` set when it is over. */
interface Bundle {
  left: number;
  closedUntil: number;
  spent: boolean;
}

/** A bundle that is not used up by then is lost, as are the requests of a process that stops. */
const bundleLife = 10_000;

/**
 * A limit on the path of every request: it takes from the shared count in bundles of a hundredth, so that ninety-nine
 * of a hundred requests do not ask Redis. Every process may lose a bundle every ten seconds, never gain one.
 */
export class Allowance {
  private readonly bundles = new BoundedCache<string, Bundle>(50_000, bundleLife);
  private readonly size: number;

  constructor(
    private readonly limit: Pick<Limit, 'take'>,
    points: number,
  ) {
    this.size = Math.max(1, Math.floor(points / 100));
  }

  /** Takes one. @returns how many seconds to wait instead; 0 when there was one */
  async take(key: string): Promise<number> {
    for (;;) {
      const bundle = await this.bundles.get(key, () => this.fetch(key));
      if (bundle.left > 0) {
        bundle.left -= 1;
        return 0;
      }
      const wait = bundle.closedUntil - performance.now();
      if (wait > 0) return Math.ceil(wait / 1000);
      // Of all who find it empty at once, the first makes room for the next one.
      if (!bundle.spent) this.bundles.forget(key);
      bundle.spent = true;
    }
  }

  /** Takes one for each further piece of a large answer that is on its way; whoever has none left pays with the next request. */
  async charge(key: string, pieces: number): Promise<void> {
    for (let piece = 0; piece < pieces; piece++) if ((await this.take(key)) > 0) return;
  }

  private async fetch(key: string): Promise<Bundle> {
    const { over, wait } = await this.limit.take(key, this.size);
    if (!over) return { left: this.size, closedUntil: 0, spent: false };
    return { left: 0, closedUntil: performance.now() + wait * 1000, spent: false };
  }
}
