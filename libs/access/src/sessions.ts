import { Injectable } from '@nestjs/common';
import { type Id, Transactions, fromBinary, insertRows, newId, toBinary } from '@sinkron/database';
import { Audit } from './audit';
import { BoundedCache } from './bounded-cache';
import { OfficeDirectory } from './office-directory';
import type { Role } from './officer';
import type { Principal } from './principal';
import { newRefreshToken, refreshHash, sessionOf } from './refresh-tokens';
import { Session } from './session';

const lifeHours = 12;

/** How long a disabled officer or an ended session may still be served by another process. */
const memory = 10_000;

export interface OpenSession {
  officerId: Id;
  sessionId: Id;
  refreshToken: string;
}

type Holder = { officerId: Id; officeId: Id; role: Role };

/** The sessions in the database; a token without a row here is worth nothing. */
@Injectable()
export class Sessions {
  private readonly holders = new BoundedCache<Id, Holder | null>(10_000, memory);

  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly audit: Audit,
  ) {}

  /** Opens a session of twelve hours. */
  open(officerId: Id): Promise<OpenSession> {
    const sessionId = newId();
    const refreshToken = newRefreshToken(sessionId);
    return this.transactions.run(async (transaction) => {
      const officer = toBinary(officerId);
      // An officer's sessions are few, and nobody else cleans up behind them.
      await transaction.execute('delete from session where officer_id = ? and expires_at < ?', [
        officer,
        transaction.now,
      ]);
      await insertRows(transaction, Session, [
        {
          id: sessionId,
          officerId,
          refreshHash: refreshHash(refreshToken),
          createdAt: transaction.now,
          expiresAt: new Date(transaction.now.getTime() + lifeHours * 3_600_000),
          endedAt: null,
        },
      ]);
      await this.audit.record(transaction, { officerId, officeId: null, action: 'signed_in' });
      return { officerId, sessionId, refreshToken };
    });
  }

  /**
   * Exchanges a refresh token for the next one. A token that was exchanged before ends its session: somebody else
   * holds a copy. A client that lost our answer and sends the old token again is not told apart from a thief and has
   * to sign in again.
   * @returns null when the token does not stand
   */
  async rotate(token: string): Promise<OpenSession | null> {
    const sessionId = sessionOf(token);
    if (sessionId === null) return null;
    const refreshToken = newRefreshToken(sessionId);
    const officerId = await this.transactions.run(async (transaction) => {
      const rotated = await transaction.execute(
        `update session set refresh_hash = ?
         where id = ? and refresh_hash = ? and ended_at is null and expires_at > ?`,
        [refreshHash(refreshToken), toBinary(sessionId), refreshHash(token), transaction.now],
      );
      const [row] = await transaction.query<{ officer_id: Buffer }>(
        'select officer_id from session where id = ?',
        [toBinary(sessionId)],
      );
      if (!row) return null;
      const officerId = fromBinary(row.officer_id);
      if (rotated === 1) return officerId;
      // The newest token of a session that merely expired is no sign of a thief.
      const ended = await transaction.execute(
        'update session set ended_at = ? where id = ? and refresh_hash <> ? and ended_at is null',
        [transaction.now, toBinary(sessionId), refreshHash(token)],
      );
      if (ended === 1)
        await this.audit.record(transaction, { officerId, officeId: null, action: 'refresh_reused' });
      return null;
    });
    if (officerId === null) this.holders.forget(sessionId);
    return officerId === null ? null : { officerId, sessionId, refreshToken };
  }

  /** Ends a session; in other processes within ten seconds. */
  async end(sessionId: Id): Promise<void> {
    await this.transactions.execute(
      'update session set ended_at = utc_timestamp(3) where id = ? and ended_at is null',
      [toBinary(sessionId)],
    );
    this.holders.forget(sessionId);
  }

  /** Who holds this session, at most ten seconds old; null when it is over or its officer is disabled. */
  async principal(sessionId: Id): Promise<Principal | null> {
    const holder = await this.holders.get(sessionId, () => this.readHolder(sessionId));
    if (!holder) return null;
    const tree = await this.directory.tree();
    const office = tree.find(holder.officeId);
    if (!office) return null;
    return {
      officerId: holder.officerId,
      sessionId,
      role: holder.role,
      office,
      scope: tree.scopeAt(office.id),
    };
  }

  /** Disabling ends the sessions that stand; one that was being opened meanwhile is met by the condition here. */
  private async readHolder(sessionId: Id): Promise<Holder | null> {
    const [row] = await this.transactions.query<{ officer_id: Buffer; office_id: Buffer; role: Role }>(
      `select session.officer_id, officer.office_id, officer.role
       from session join officer on officer.id = session.officer_id
       where session.id = ? and session.ended_at is null and session.expires_at > utc_timestamp(3)
         and officer.disabled_at is null`,
      [toBinary(sessionId)],
    );
    return row
      ? { officerId: fromBinary(row.officer_id), officeId: fromBinary(row.office_id), role: row.role }
      : null;
  }
}
