import { Injectable } from '@nestjs/common';
import { Office } from './office';
import { OfficeTree } from './office-tree';
import { BoundedCache, selectRows, type Transaction, Transactions } from '@sinkron/database';

/** How old the tree may be in a process that did not change it itself. */
const memory = 10_000;

/** The tree of offices, read from memory: every request asks for it. */
@Injectable()
export class OfficeDirectory {
  private readonly cache = new BoundedCache<'tree', OfficeTree>(1, memory);

  constructor(private readonly transactions: Transactions) {}

  /** At most ten seconds old. */
  tree(): Promise<OfficeTree> {
    return this.cache.get('tree', () => this.transactions.run((transaction) => read(transaction, '')));
  }

  /** As it is in this transaction, its rows locked: for changes of the tree itself. */
  lockedTree(transaction: Transaction): Promise<OfficeTree> {
    return read(transaction, 'for update');
  }

  /** After a change that this process made. */
  forget(): void {
    this.cache.forget('tree');
  }
}

async function read(transaction: Transaction, lock: string): Promise<OfficeTree> {
  return new OfficeTree(await selectRows(transaction, Office, `order by id ${lock}`, []));
}
