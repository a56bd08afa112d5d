import { LagEstimate } from './lag-estimate';
import { insertRows, selectRows, type Transaction } from '@sinkron/database';

/** The estimates of all regions. */
export function readEstimates(transaction: Transaction): Promise<LagEstimate[]> {
  return selectRows(transaction, LagEstimate, 'order by region', []);
}

/** Whether the estimate of a region was computed after that instant. */
export async function isEstimatedSince(
  transaction: Transaction,
  region: string,
  since: Date,
): Promise<boolean> {
  const rows = await transaction.query('select 1 from lag_estimate where region = ? and computed_at > ?', [
    region,
    since,
  ]);
  return rows.length > 0;
}

/** Puts an estimate in the place of the region's older one. Of two made at the same time one is kept. */
export async function replaceEstimate(transaction: Transaction, estimate: LagEstimate): Promise<void> {
  await transaction.execute('delete from lag_estimate where region = ?', [estimate.region]);
  await insertRows(transaction, LagEstimate, [estimate], { keepExisting: 'region' });
}
