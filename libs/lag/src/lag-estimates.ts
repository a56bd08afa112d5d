import { Inject, Injectable } from '@nestjs/common';
import { readEstimates } from './estimate-rows';
import { Lags } from './lags';
import { type Config, CONFIG } from '@sinkron/config';
import { BoundedCache, Transactions } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';

/** Milliseconds that a process which did not make the estimates may use older ones; they change once a minute. */
const longestKept = 10_000;

/** The estimates of the lag, kept in memory: every intake and every view needs them. */
@Injectable()
export class LagEstimates {
  private readonly cache: BoundedCache<'lags', Lags>;

  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficeDirectory,
    @Inject(CONFIG) config: Config,
  ) {
    this.cache = new BoundedCache(1, Math.min(longestKept, config.durations.lagRefresh));
  }

  /** Not to be called inside a transaction: it may need a connection of its own. */
  current(): Promise<Lags> {
    return this.cache.get('lags', async () => {
      const tree = await this.offices.tree();
      return new Lags(tree, await this.transactions.run(readEstimates));
    });
  }

  /** To be called after this process has stored new ones. */
  forget(): void {
    this.cache.forget('lags');
  }
}
