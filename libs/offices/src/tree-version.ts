import type { Transaction, Transactions } from '@sinkron/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row that says whether the tree of offices has changed: its number grows with every change. */
@Entity('office_tree')
export class TreeVersion {
  /** Always 1. */
  @PrimaryColumn({ type: 'tinyint', unsigned: true }) id!: number;
  @Column({ type: 'bigint', unsigned: true }) version!: string;
}

/** In the transaction of the change, which holds the locks of the whole tree: no two of them run at once. */
export async function raiseTreeVersion(transaction: Transaction): Promise<void> {
  await transaction.execute(
    'insert into office_tree (id, version) values (1, 1) on duplicate key update version = version + 1',
  );
}

export async function treeVersion(transactions: Transactions): Promise<string> {
  const [row] = await transactions.query<{ version: string }>('select version from office_tree where id = 1');
  return String(row?.version ?? 0);
}
