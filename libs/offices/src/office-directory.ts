import { Injectable } from '@nestjs/common';
import { Office } from './office';
import { OfficeTree } from './office-tree';
import { rightsAge } from './rights-age';
import { treeVersion } from './tree-version';
import { BoundedCache, selectRows, type Transaction, Transactions } from '@sinkron/database';

/** The version is what says that a tree is out of date; its age hardly matters. */
const memory = 3_600_000;

/** The tree of offices, read from memory: every request asks for it. */
@Injectable()
export class OfficeDirectory {
  private readonly trees = new BoundedCache<string, OfficeTree>(1, memory);
  private readonly version = new BoundedCache<'version', string>(1, rightsAge);

  constructor(private readonly transactions: Transactions) {}

  /** At most `rightsAge` old. */
  async tree(): Promise<OfficeTree> {
    // Asked for before the tree is read: a tree may be newer than its version says, never older.
    const version = await this.version.get('version', () => treeVersion(this.transactions));
    return this.trees.get(version, () => this.transactions.run((transaction) => read(transaction, '')));
  }

  /** As it is in this transaction, its rows locked: for changes of the tree itself. */
  lockedTree(transaction: Transaction): Promise<OfficeTree> {
    return read(transaction, 'for update');
  }

  /** After a change that this process made. */
  forget(): void {
    this.version.forget('version');
  }
}

async function read(transaction: Transaction, lock: string): Promise<OfficeTree> {
  return new OfficeTree(await selectRows(transaction, Office, `order by id ${lock}`, []));
}
