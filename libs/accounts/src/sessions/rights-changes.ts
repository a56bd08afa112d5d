import { Injectable } from '@nestjs/common';
import {
  BoundedCache,
  fromBinary,
  type Id,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import { rightsAge } from '@sinkron/offices';

/** Seconds that a transaction which changes rights may take: for so long after its beginning it is looked for. */
const longestTransaction = 60;

/** A transaction that may take rights away; only `RightsChanges.run` makes one. */
export type RightsTransaction = Transaction & { readonly changesRights: true };

/**
 * Changes of what officers may do, and who was changed lately. Every such change sets `officer.rights_at`. A process
 * reads at most every `rightsAge` whose time lies within the last minute, and trusts nothing that it remembered of
 * them: no order of COMMITs, no message and no state of Redis matters.
 */
@Injectable()
export class RightsChanges {
  private readonly reading = new BoundedCache<'changed', ReadonlySet<Id>>(1, rightsAge);
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly transactions: Transactions) {}

  /** As `Transactions.run`; from its end on, this process serves nobody by what it remembered from before. */
  async run<T>(work: (transaction: RightsTransaction) => Promise<T>): Promise<T> {
    try {
      return await this.transactions.run((transaction) =>
        work(Object.assign(transaction, { changesRights: true as const })),
      );
    } finally {
      // Also after a failure: a COMMIT without an answer may have been done.
      this.reading.forget('changed');
      for (const listener of this.listeners) listener();
    }
  }

  /** Calls back after every change that this process makes: what is open by then must not wait for its next look. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Whose rights were changed within the last minute; the same set until it is read again. */
  changed(): Promise<ReadonlySet<Id>> {
    return this.reading.get('changed', async () => {
      const rows = await this.transactions.query<{ id: Buffer }>(
        'select id from officer where rights_at > utc_timestamp(3) - interval ? second',
        [longestTransaction],
      );
      return new Set(rows.map(({ id }) => fromBinary(id)));
    });
  }
}

/** What these officers may do is changed by this transaction, or one of their sessions or tokens is ended. */
export async function noteRightsChange(
  transaction: RightsTransaction,
  ...officerIds: readonly Id[]
): Promise<void> {
  if (officerIds.length === 0) return;
  await transaction.execute('update officer set rights_at = utc_timestamp(3) where id in (?)', [
    officerIds.map(toBinary),
  ]);
}

/** All of the officer's sessions are ended by this transaction, and links in messages are void with them. */
export async function noteShutOut(transaction: RightsTransaction, officerId: Id): Promise<void> {
  await transaction.execute('update officer set rights_at = ?, shut_out_at = ? where id = ?', [
    transaction.now,
    transaction.now,
    toBinary(officerId),
  ]);
}
