import { Injectable } from '@nestjs/common';
import { Audit, type AuditedActor, actedBy, namesGiven } from './audit';
import { AuditEntry } from './audit-entry';
import {
  fromBinary,
  type Id,
  type Page,
  pageOf,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import type { Scope } from '@sinkron/offices';

/** Who reads the audit: as far as the scope goes, and on record themselves. */
export interface AuditReader extends AuditedActor {
  scope: Scope;
}

export interface AuditFilter {
  officerId?: Id | undefined;
  /** Rows about this ticket, and readings that showed it among others. */
  ticketId?: Id | undefined;
  action?: string | undefined;
  /** A session or a personal access token. */
  sessionId?: Id | undefined;
  /** Only what showed tickets or personal fields. */
  shown?: boolean | undefined;
  /** Inclusive. */
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
  cursor?: Id | undefined;
  limit: number;
}

/** Reads the audit, newest first: rows of the offices in the scope; those without an office are the nation's to see. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /** Reading the audit is audited. @throws Problem `unavailable` when that cannot be written now */
  async page(by: AuditReader, filter: AuditFilter): Promise<Page<AuditEntry>> {
    const page = await this.read(by.scope, filter);
    const { cursor: _cursor, limit: _limit, ...asked } = filter;
    await this.audit.read({ ...actedBy(by), action: 'audit_read', detail: { filter: namesGiven(asked) } });
    return page;
  }

  /** The same for a caller that audits it in words of its own. */
  async read(scope: Scope, filter: AuditFilter): Promise<Page<AuditEntry>> {
    const rows = await this.transactions.run(async (transaction) => {
      const after = filter.cursor ? await this.timeOf(filter.cursor) : undefined;
      // A cursor that is no row of ours.
      if (after === null) return [];
      const { sql, parameters } = trailQuery(scope, filter, after);
      return selectRows(transaction, AuditEntry, sql, parameters);
    });
    return pageOf(rows, filter.limit);
  }

  private async timeOf(id: Id): Promise<Date | null> {
    const [row] = await this.transactions.query<{ at: Date }>('select at from audit where id = ?', [
      toBinary(id),
    ]);
    return row?.at ?? null;
  }
}

/**
 * The page as SQL, with the key to walk named, lest the server gathers and sorts all rows of an officer or an office.
 * A reading of many tickets names them in its detail alone: for a ticket the time is walked, which `from` and `to` bound.
 */
export function trailQuery(
  scope: Scope,
  filter: AuditFilter,
  after?: Date,
): { sql: string; parameters: unknown[] } {
  const conditions = ['true'];
  const parameters: unknown[] = [];
  const add = (sql: string, ...values: unknown[]) => {
    conditions.push(sql);
    parameters.push(...values);
  };
  const { officerId, sessionId, ticketId, action, from, to, cursor } = filter;
  const [first, ...others] = scope.ids;
  const oneOffice = first !== undefined && others.length === 0 && !scope.everything;
  if (first === undefined) conditions.push('false');
  else if (!scope.everything) add('office_id in (?)', scope.ids.map(toBinary));
  if (officerId) add('officer_id = ?', toBinary(officerId));
  if (sessionId) add('session_id = ?', toBinary(sessionId));
  if (ticketId) add('(ticket_id = ? or detail like ?)', toBinary(ticketId), `%"${ticketId}"%`);
  if (action) add('action = ?', action);
  if (filter.shown) add('(detail like ? or detail like ?)', '%"tickets":["%', '%"fields":["%');
  if (from) add('at >= ?', from);
  if (to) add('at < ?', to);
  if (cursor && after) add('(at < ? or (at = ? and id < ?))', after, after, toBinary(cursor));
  const key = keyOf(filter, oneOffice);
  parameters.push(filter.limit + 1);
  return {
    sql: `force index (${key}) where ${conditions.join(' and ')} order by at desc, id desc limit ?`,
    parameters,
  };
}

/** The office of whatever was last recorded of a session or personal access token; null where nothing was. */
export async function lastOfficeOfSession(transaction: Transaction, sessionId: Id): Promise<Id | null> {
  const [row] = await transaction.query<{ office_id: Buffer }>(
    `select office_id from audit force index (audit_session)
     where session_id = ? and office_id is not null order by at desc limit 1`,
    [toBinary(sessionId)],
  );
  return row ? fromBinary(row.office_id) : null;
}

function keyOf({ officerId, sessionId }: AuditFilter, oneOffice: boolean): string {
  if (sessionId) return 'audit_session';
  if (officerId) return 'audit_officer';
  return oneOffice ? 'audit_office' : 'audit_at';
}
