import { Injectable } from '@nestjs/common';
import type { Proof } from '../factors/second-factors';
import { maskedNetwork } from '../limits/network';
import type { LockedOfficer } from '../officers/officer-lock';
import type { OfficerActor } from '../permissions/actor';
import { familyHash, newRefreshToken, nextRefreshToken, refreshHash, sessionOf } from './refresh-tokens';
import { Session } from './session';
import { endSessions, revokeTokens } from './revocation';
import { noteRightsChange, RightsChanges } from './rights-changes';
import { Audit, actedBy } from '@sinkron/audit';
import {
  fromBinary,
  type Id,
  insertRows,
  isId,
  newId,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import { notFound } from '@sinkron/observability';

const lifeHours = 12;

export interface OpenSession {
  officerId: Id;
  sessionId: Id;
  refreshToken: string;
}

/** A session as its owner sees it. */
export interface SessionView {
  id: Id;
  createdAt: Date;
  /** To a quarter of an hour. */
  lastSeenAt: Date;
  expiresAt: Date;
  /** Whether it is the one that asks. */
  current: boolean;
  /** Null when it was opened before networks were kept. */
  network: string | null;
}

/** The sessions in the database; a token without a row here is worth nothing. */
@Injectable()
export class Sessions {
  constructor(
    private readonly transactions: Transactions,
    private readonly rights: RightsChanges,
    private readonly audit: Audit,
  ) {}

  /**
   * Opens a session of twelve hours.
   * @param officer locked by this transaction
   * @param proof by what the officer was known, beside the password
   * @param address the caller's IP address, kept masked
   */
  async open(
    transaction: Transaction,
    { officerId, officeId }: Pick<LockedOfficer, 'officerId' | 'officeId'>,
    proof: Proof,
    address: string,
  ): Promise<OpenSession> {
    const sessionId = newId();
    const refreshToken = newRefreshToken(sessionId);
    // An officer's sessions are few, and nobody else cleans up behind them.
    await transaction.execute('delete from session where officer_id = ? and expires_at < ?', [
      toBinary(officerId),
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
        network: maskedNetwork(address),
        refreshedAt: null,
      },
    ]);
    await this.audit.record(transaction, {
      officerId,
      officeId,
      sessionId,
      action: 'signed_in',
      detail: { factor: proof },
    });
    return { officerId, sessionId, refreshToken };
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
    const refreshToken = nextRefreshToken(token);
    const officerId = await this.rights.run(async (transaction) => {
      const rotated = await transaction.execute(
        `update session set refresh_hash = ?, refreshed_at = ?
         where id = ? and refresh_hash = ? and ended_at is null and expires_at > ?`,
        [
          refreshHash(refreshToken),
          transaction.now,
          toBinary(sessionId),
          refreshHash(token),
          transaction.now,
        ],
      );
      const [row] = await transaction.query<{ officer_id: Buffer; office_id: Buffer }>(
        `select session.officer_id, officer.office_id from session join officer on officer.id = session.officer_id
         where session.id = ?`,
        [toBinary(sessionId)],
      );
      if (!row) return null;
      const officerId = fromBinary(row.officer_id);
      if (rotated === 1) return officerId;
      // The newest token of a session that merely expired is no sign of a thief, nor is one that was never given.
      const ended = await transaction.execute(
        `update session set ended_at = ?
         where id = ? and refresh_hash <> ? and left(refresh_hash, 16) = ? and ended_at is null`,
        [transaction.now, toBinary(sessionId), refreshHash(token), familyHash(token)],
      );
      if (ended === 1) {
        await noteRightsChange(transaction, officerId);
        await this.audit.record(transaction, {
          officerId,
          officeId: fromBinary(row.office_id),
          sessionId,
          action: 'refresh_reused',
        });
      }
      return null;
    });
    return officerId === null ? null : { officerId, sessionId, refreshToken };
  }

  /** The officer's sessions that stand, oldest first. */
  async list({ officerId, sessionId }: OfficerActor): Promise<SessionView[]> {
    const open = await this.transactions.run((transaction) =>
      selectRows(
        transaction,
        Session,
        'where officer_id = ? and ended_at is null and expires_at > ? order by id',
        [toBinary(officerId), transaction.now],
      ),
    );
    return open.map(({ id, createdAt, refreshedAt, expiresAt, network }) => ({
      id,
      createdAt,
      lastSeenAt: refreshedAt ?? createdAt,
      expiresAt,
      current: id === sessionId,
      network,
    }));
  }

  /**
   * Ends a session of the officer's own; in other processes within a second.
   * @throws Problem `not_found`, also for another officer's session
   */
  async end(actor: OfficerActor, sessionId: Id): Promise<void> {
    if (!isId(sessionId)) throw notFound();
    await this.rights.run(async (transaction) => {
      // First, so that whoever ends an officer's sessions locks the officer before them.
      await noteRightsChange(transaction, actor.officerId);
      const ended = await transaction.execute(
        'update session set ended_at = ? where id = ? and officer_id = ? and ended_at is null',
        [transaction.now, toBinary(sessionId), toBinary(actor.officerId)],
      );
      if (ended === 0) throw notFound();
      await this.audit.record(transaction, {
        ...actedBy(actor),
        action: 'session_ended',
        detail: { session: sessionId },
      });
    });
  }

  /** Out everywhere: ends every session of the officer, the one that asks included, and revokes every token. */
  async endAll(actor: OfficerActor): Promise<void> {
    await this.rights.run(async (transaction) => {
      const { officerId } = actor;
      const sessions = await endSessions(transaction, officerId);
      const tokens = await revokeTokens(transaction, officerId);
      await this.audit.record(transaction, {
        ...actedBy(actor),
        action: 'sessions_ended',
        detail: { sessions, tokens },
      });
    });
  }
}
