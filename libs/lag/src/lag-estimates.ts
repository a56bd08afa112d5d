import { Inject, Injectable } from '@nestjs/common';
import { LagEstimate } from './lag-estimate';
import { Lags } from './lags';
import { type Config, CONFIG } from '@sinkron/config';
import { BoundedCache, selectRows, Transactions } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';

/** How old the estimates may be in a process that did not make them itself; they change once a minute. */
const memory = 10_000;

/** The estimates of the lag, read from memory: every intake and every view asks for them. */
@Injectable()
export class LagEstimates {
  private readonly cache: BoundedCache<'lags', Lags>;

  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficeDirectory,
    @Inject(CONFIG) config: Config,
  ) {
    this.cache = new BoundedCache(1, Math.min(memory, config.durations.lagRefresh));
  }

  /** Not to be called inside a transaction: it may need a connection of its own. */
  current(): Promise<Lags> {
    return this.cache.get('lags', async () => {
      const tree = await this.offices.tree();
      return new Lags(
        tree,
        await this.transactions.run((transaction) =>
          selectRows(transaction, LagEstimate, 'order by region', []),
        ),
      );
    });
  }

  /** After new ones that this process stored. */
  forget(): void {
    this.cache.forget('lags');
  }
}
