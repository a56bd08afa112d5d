import { Inject, Injectable } from '@nestjs/common';
import { DeadlineRisks } from './deadline-risks';
import { samplePushes } from './lag-sample';
import { type Config, CONFIG } from '@sinkron/config';
import { type Transaction, Transactions } from '@sinkron/database';
import {
  conditionalQuantile,
  estimateSurvival,
  isEstimatedSince,
  LagEstimates,
  type Lags,
  nation,
  regionsOf,
  replaceEstimate,
} from '@sinkron/lag';
import { lagPushes, lagSeconds } from '@sinkron/observability';
import { OfficeDirectory } from '@sinkron/offices';

/** Estimates the lag from the pushes of the last days, and finds the tickets whose deadline it now endangers. */
@Injectable()
export class LagRefresh {
  constructor(
    private readonly transactions: Transactions,
    private readonly offices: OfficeDirectory,
    private readonly estimates: LagEstimates,
    private readonly risks: DeadlineRisks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One pass over the nation and all regions, each in a transaction of its own. Two workers at once do no harm. */
  async pass(): Promise<void> {
    for (const region of [nation, ...regionsOf(await this.offices.tree())]) {
      await this.transactions.run((transaction) => this.estimate(transaction, region));
    }
    this.estimates.forget();
    const lags = await this.estimates.current();
    show(lags);
    await this.risks.find(lags);
  }

  private async estimate(transaction: Transaction, region: string): Promise<void> {
    const { now } = transaction;
    const { lagRefresh, lagWindow } = this.config.durations;
    const since = new Date(now.getTime() - lagRefresh / 2);
    if (await isEstimatedSince(transaction, region, since)) return;
    const survival = estimateSurvival(await samplePushes(transaction, region, lagWindow));
    const pushes = await this.countPushes(transaction, region);
    await replaceEstimate(transaction, { region, computedAt: now, pushes, ...survival });
  }

  private async countPushes(transaction: Transaction, region: string): Promise<number> {
    const since = new Date(transaction.now.getTime() - this.config.durations.day);
    const [row] = await (region === nation
      ? transaction.query<{ n: string }>('select count(*) as n from push where accepted_at > ?', [since])
      : transaction.query<{ n: string }>(
          'select count(*) as n from push where region = ? and accepted_at > ?',
          [region, since],
        ));
    return Number(row?.n ?? 0);
  }
}

/** Every worker shows the same figures, whichever of them made the estimates. */
function show(lags: Lags): void {
  for (const { region, events, censored, curve } of lags.estimates) {
    lagPushes.set({ region, seen: 'matched' }, events);
    lagPushes.set({ region, seen: 'waiting' }, censored);
    for (const share of [0.5, 0.9]) {
      const labels = { region, quantile: String(share) };
      const quantile = conditionalQuantile(curve, 0, share);
      if (quantile === null) lagSeconds.remove(labels);
      else lagSeconds.set(labels, quantile / 1000);
    }
  }
}
