import type { Purpose } from './vocabulary';
import { type Id, IdColumn, PrimaryCode, TimeColumn, type Transaction } from '@sinkron/database';
import { Entity } from 'typeorm';

/** When a purpose's registration closes for everybody; an administrator sets it. */
@Entity('purpose')
export class PurposeClosing {
  @PrimaryCode('code', 32) code!: Purpose;
  @TimeColumn('closes_at', { nullable: true }) closesAt!: Date | null;
  @TimeColumn('changed_at') changedAt!: Date;
  @IdColumn('changed_by', { nullable: true }) changedBy!: Id | null;
}

/** When registration closes for everybody with a purpose; a closing that has passed presses nobody. */
export async function closingTimes(transaction: Transaction): Promise<Map<Purpose, Date>> {
  const rows = await transaction.query<{ code: Purpose; closes_at: Date }>(
    'select code, closes_at from purpose where closes_at > utc_timestamp(3)',
  );
  return new Map(rows.map(({ code, closes_at: closesAt }) => [code, closesAt]));
}
