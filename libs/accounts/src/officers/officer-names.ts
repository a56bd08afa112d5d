import { Injectable } from '@nestjs/common';
import { Officer, type OfficerIdentity } from './officer';
import { type Id, Sealing, selectRows, toBinary, Transactions } from '@sinkron/database';

/** What officers are called, for those who may see what they did; the caller audits that it was shown. */
@Injectable()
export class OfficerNames {
  constructor(
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
  ) {}

  /** In the order of their ids; without those who are not there. */
  of(ids: readonly Id[]): Promise<{ id: Id; name: string }[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.transactions.run(async (transaction) => {
      const officers = await selectRows(transaction, Officer, 'where id in (?) order by id', [
        [...new Set(ids)].map(toBinary),
      ]);
      return officers.map(({ id, sealed }) => {
        const place = { table: 'officer', column: 'sealed', rowId: id };
        return { id, name: this.sealing.open<OfficerIdentity>(sealed, place).name };
      });
    });
  }
}
