import type { Config } from '@sinkron/config';
import {
  BlindIndex,
  indexedTables,
  type Reindexed,
  Reindexing,
  type ResealedColumn,
  Resealing,
  sealedPlaces,
  Sealing,
  Transactions,
} from '@sinkron/database';
import { PersonReindexing, Persons } from '@sinkron/tickets';

/** Processes that still have the older key may write behind a pass; the next one finds it. After so many the counts are reported. */
const mostPasses = 5;

/** Brings everything under the newest keys while the service runs (ADR 14). */
export class KeyRotation {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: Pick<Config, 'dataKeys' | 'indexKeys'>,
  ) {}

  /** Seals everything anew that lies under an older data key. @returns what was found in each column, and done there */
  async reseal(): Promise<ResealedColumn[]> {
    const resealing = new Resealing(this.transactions, new Sealing(this.config.dataKeys));
    const places = sealedPlaces(this.transactions.dataSource);
    return until(async () => {
      const columns: ResealedColumn[] = [];
      for (const place of places) columns.push(await resealing.pass(place));
      return columns;
    }, 'resealed');
  }

  /** Makes every blind index anew under the ring's keys. @returns what was done in each table */
  async reindex(): Promise<Reindexed[]> {
    const sealing = new Sealing(this.config.dataKeys);
    const index = new BlindIndex(this.config.indexKeys);
    const reindexing = new Reindexing(this.transactions, sealing, index);
    const persons = new PersonReindexing(this.transactions, sealing, new Persons(index));
    const tables = indexedTables(this.transactions.dataSource);
    return until(async () => {
      const done: Reindexed[] = [];
      for (const table of tables) done.push(await reindexing.pass(table));
      return [...done, await persons.pass()];
    }, 'rewritten');
  }
}

/** Repeats a pass until it finds nothing to do; the counts of what was done are those of all passes. */
async function until<Name extends string, Result extends Record<Name, number>>(
  pass: () => Promise<Result[]>,
  done: Name,
): Promise<Result[]> {
  const sums: number[] = [];
  for (let passes = 1; ; passes++) {
    const results = await pass();
    results.forEach((result, at) => (sums[at] = (sums[at] ?? 0) + result[done]));
    const isClean = results.every((result) => result[done] === 0);
    if (isClean || passes === mostPasses)
      return results.map((result, at) => ({ ...result, [done]: sums[at] }));
  }
}
