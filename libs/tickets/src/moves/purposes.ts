import { Injectable } from '@nestjs/common';
import { PurposeClosing } from '../model/purpose-closing';
import { Ticket } from '../model/ticket';
import { type Purpose, purposes } from '../model/vocabulary';
import { TicketWriter } from './ticket-writer';
import { type OfficerActor, requirePermission } from '@sinkron/accounts';
import { actedBy, Audit } from '@sinkron/audit';
import { fromBinary, type Id, selectRows, toBinary, type Transaction, Transactions } from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import { WorkTable } from '@sinkron/queue';

/** So many tickets follow a new closing day in one transaction. */
export const ticketsAtOnce = 500;

/** When registration closes for everybody with a purpose (SSCASN closes at 23:59 WIB, an instant). */
@Injectable()
export class Purposes {
  constructor(
    private readonly transactions: Transactions,
    private readonly writer: TicketWriter,
    private readonly work: WorkTable,
    private readonly audit: Audit,
  ) {}

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
   * Sets or clears the instant. Open tickets whose applicant stated no deadline follow, a piece at a time, so that tens
   * of thousands of them lock nobody out. Whoever repeats it finishes what was broken off, and changes nothing else.
   * @throws Problem forbidden for anybody but an administrator of the nation: it moves deadlines in every office
   */
  async setClosing(by: OfficerActor, code: Purpose, closesAt: Date | null): Promise<void> {
    requirePermission(by, 'purposes:write');
    if (!by.scope.everything) throw nationOnly();
    await this.transactions.run((transaction) => this.record(transaction, by, code, closesAt));
    for (let after: Id | null = null; ;) {
      const piece = await this.idsToChange(code, after);
      if (piece.length === 0) return;
      await this.transactions.run((transaction) => this.follow(transaction, by, code, piece));
      after = piece.at(-1) ?? null;
    }
  }

  /** The instant itself, with its entry in the audit; the same once more is no change. */
  private async record(
    transaction: Transaction,
    by: OfficerActor,
    code: Purpose,
    closesAt: Date | null,
  ): Promise<void> {
    if (isSame(await closingOf(transaction, code, 'for update'), closesAt)) return;
    // One statement: two who set it for the first time at once both succeed.
    await transaction.execute(
      `insert into purpose (code, closes_at, changed_at, changed_by) values (?, ?, ?, ?)
       on duplicate key update closes_at = values(closes_at), changed_at = values(changed_at),
         changed_by = values(changed_by)`,
      [code, closesAt, transaction.now, toBinary(by.officerId)],
    );
    const detail = { purpose: code, closesAt: closesAt?.toISOString() ?? null };
    await this.audit.record(transaction, { ...actedBy(by), action: 'purpose_closing_set', detail });
  }

  private async idsToChange(code: Purpose, after: Id | null): Promise<Id[]> {
    const rows = await this.transactions.query<{ id: Buffer }>(
      `select id from ticket force index (ticket_purpose)
       where purpose = ? and open_marker = 1 and id > ? and deadline_stated = 0
         and not (deadline_at <=> (select closes_at from purpose where code = ?))
       order by id limit ?`,
      [code, after ? toBinary(after) : Buffer.alloc(16), code, ticketsAtOnce],
    );
    return rows.map(({ id }) => fromBinary(id));
  }

  /**
   * Gives these tickets the closing as it is now, another than the caller's if it was set again meanwhile. Their deadline
   * is checked at once, so that who has become urgent is found now; a suspended one is judged when it is resumed.
   */
  private async follow(
    transaction: Transaction,
    by: OfficerActor,
    code: Purpose,
    ids: readonly Id[],
  ): Promise<void> {
    const closesAt = await closingOf(transaction, code, 'lock in share mode');
    const tickets = await selectRows(transaction, Ticket, 'where id in (?) order by id for update', [
      ids.map(toBinary),
    ]);
    const changed = tickets.filter(
      ({ openMarker, deadlineStated, deadlineAt }) =>
        openMarker === 1 && !deadlineStated && !isSame(deadlineAt, closesAt),
    );
    for (const ticket of changed) ticket.followClosing(closesAt);
    await this.writer.saveDeadlines(transaction, changed, {
      kind: 'deadline_changed',
      officerId: by.officerId,
      data: { deadlineAt: closesAt?.toISOString() ?? null, by: 'purpose' },
    });
    const checked = changed.filter(({ state }) => state !== 'suspended').map(({ id }) => id);
    await this.work.makeDue(transaction, 'deadline', checked);
  }
}

async function closingOf(transaction: Transaction, code: Purpose, lock: string): Promise<Date | null> {
  const [row] = await selectRows(transaction, PurposeClosing, `where code = ? ${lock}`, [code]);
  return row?.closesAt ?? null;
}

function isSame(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime();
}

function nationOnly(): Problem {
  return new Problem('forbidden', {
    id: 'Batas waktu ini berlaku di semua kantor, jadi hanya admin tingkat nasional yang boleh mengubahnya.',
    en: 'This instant counts in every office, so only an administrator of the nation may change it.',
  });
}
