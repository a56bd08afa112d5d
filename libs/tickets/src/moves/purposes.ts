import { Injectable } from '@nestjs/common';
import { PurposeClosing } from '../model/purpose-closing';
import { type Purpose, purposes } from '../model/vocabulary';
import { type OfficerActor, requirePermission } from '@sinkron/accounts';
import { insertRows, selectRows, Transactions } from '@sinkron/database';
import { Problem } from '@sinkron/observability';

/** When registration closes for everybody with a purpose (domain.md: SSCASN closes at 23:59 WIB, an instant). */
@Injectable()
export class Purposes {
  constructor(private readonly transactions: Transactions) {}

  async list(): Promise<{ code: Purpose; closesAt: Date | null }[]> {
    const rows = await this.transactions.run((transaction) =>
      selectRows(transaction, PurposeClosing, 'order by code', []),
    );
    return purposes.map((code) => ({
      code,
      closesAt: rows.find((row) => row.code === code)?.closesAt ?? null,
    }));
  }

  /**
   * Sets or clears the instant. Open cases whose applicant stated no deadline take it over, and their deadline's
   * handler looks at them at once, so that who has become urgent is found now and not at their next deadline.
   * @throws Problem forbidden for anybody but an administrator of the nation: it moves deadlines in every office
   */
  async setClosing(by: OfficerActor, code: Purpose, closesAt: Date | null): Promise<void> {
    requirePermission(by, 'purposes:write');
    if (!by.scope.everything) throw nationOnly();
    await this.transactions.run(async (transaction) => {
      await transaction.execute('delete from purpose where code = ?', [code]);
      const row: PurposeClosing = { code, closesAt, changedAt: transaction.now, changedBy: by.officerId };
      await insertRows(transaction, PurposeClosing, [row]);
      await transaction.execute(
        `update ticket set deadline_at = ?, version = version + 1
         where purpose = ? and open_marker = 1 and deadline_stated = 0`,
        [closesAt, code],
      );
      await transaction.execute(
        `update work join ticket on ticket.id = work.subject_id
         set work.due_at = utc_timestamp(3), work.lease_no = work.lease_no + 1, work.leased_until = null
         where work.kind = 'deadline' and ticket.purpose = ? and ticket.open_marker = 1 and ticket.deadline_stated = 0
           and ticket.state <> 'suspended'`,
        [code],
      );
    });
  }
}

function nationOnly(): Problem {
  return new Problem('forbidden', {
    id: 'Batas waktu ini berlaku di semua kantor, jadi hanya admin tingkat nasional yang boleh mengubahnya.',
    en: 'This instant counts in every office, so only an administrator of the nation may change it.',
  });
}
