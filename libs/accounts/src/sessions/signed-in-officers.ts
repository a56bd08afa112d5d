import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { needsSecondFactor } from '../factors/second-factor';
import type { OfficerActor } from '../permissions/actor';
import type { Role } from '../permissions/roles';
import type { TokenScope } from '../tokens/personal-token';
import { personalTokenHash, personalTokenId } from '../tokens/token-format';
import { RightsChanges } from './rights-changes';
import { BoundedCache, fromBinary, type Id, toBinary, Transactions } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';

/** How long somebody is remembered whose rights do not change; what was changed by hand in the database counts by then. */
const memory = 10_000;

interface SignedIn {
  officerId: Id;
  officeId: Id;
  role: Role;
  hasFactor: boolean;
  /** When the session or the token expires, by `performance.now()`. */
  endsAt: number;
  /** Of a personal access token only. */
  token?: { secretHash: Buffer; scopes: readonly TokenScope[]; useIsNoted: boolean };
}

interface SignedInRow {
  officer_id: Buffer;
  office_id: Buffer;
  role: Role;
  has_factor: number;
  /** Microseconds until the session or the token expires. */
  remaining: string;
}

interface TokenRow extends SignedInRow {
  secret_hash: Buffer;
  scopes: string;
  stale: number;
}

const signedInColumns = `officer.id as officer_id, officer.office_id, officer.role,
  exists(select 1 from second_factor where second_factor.officer_id = officer.id
    and second_factor.confirmed_at is not null) as has_factor`;

/**
 * Who holds a session or a personal access token: remembered, so that a request costs no reading, until it expires or
 * `RightsChanges` says that something about the officer has changed.
 */
@Injectable()
export class SignedInOfficers {
  private readonly cache = new BoundedCache<Id, SignedIn | null>(10_000, memory);
  /** The changes by which the cache was judged last. */
  private judgedBy: ReadonlySet<Id> | null = null;

  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly rights: RightsChanges,
  ) {}

  /** Null when the session is over or its officer is disabled. */
  async ofSession(sessionId: Id): Promise<OfficerActor | null> {
    const signedIn = await this.remembered(sessionId, () => this.readSession(sessionId));
    return signedIn && this.actorOf(sessionId, signedIn);
  }

  /** Null when the token is none of ours, has expired or was revoked, or its officer is disabled. */
  async ofToken(token: string): Promise<OfficerActor | null> {
    const id = personalTokenId(token);
    if (id === null) return null;
    const signedIn = await this.remembered(id, () => this.readToken(id));
    if (!signedIn?.token || !timingSafeEqual(signedIn.token.secretHash, personalTokenHash(token)))
      return null;
    if (!signedIn.token.useIsNoted) {
      signedIn.token.useIsNoted = true;
      await this.noteUse(id);
    }
    return this.actorOf(id, signedIn);
  }

  private async remembered(id: Id, read: () => Promise<SignedIn | null>): Promise<SignedIn | null> {
    const changed = await this.rights.changed();
    if (changed !== this.judgedBy) {
      this.judgedBy = changed;
      if (changed.size > 0)
        this.cache.forgetWhere((signedIn) => signedIn === null || changed.has(signedIn.officerId));
    }
    const signedIn = await this.cache.get(id, read);
    return signedIn && signedIn.endsAt > performance.now() ? signedIn : null;
  }

  private async actorOf(sessionId: Id, signedIn: SignedIn): Promise<OfficerActor | null> {
    let tree = await this.directory.tree();
    if (!tree.find(signedIn.officeId)) {
      // The office is newer than the tree that this process remembers.
      this.directory.forget();
      tree = await this.directory.tree();
    }
    const office = tree.find(signedIn.officeId);
    if (!office) return null;
    const { officerId, role, hasFactor, token } = signedIn;
    return {
      kind: 'officer',
      officerId,
      sessionId,
      role,
      office,
      scope: tree.scopeAt(office.id),
      ...(token && { scopes: token.scopes }),
      ...(needsSecondFactor(role) && !hasFactor && { lacksSecondFactor: true }),
    };
  }

  /** Disabling ends the sessions that stand; one that was being opened meanwhile is met by the condition here. */
  private async readSession(sessionId: Id): Promise<SignedIn | null> {
    const [row] = await this.transactions.query<SignedInRow>(
      `select ${signedInColumns}, timestampdiff(microsecond, utc_timestamp(3), session.expires_at) as remaining
       from session join officer on officer.id = session.officer_id
       where session.id = ? and session.ended_at is null and session.expires_at > utc_timestamp(3)
         and officer.disabled_at is null`,
      [toBinary(sessionId)],
    );
    return row ? signedInOf(row) : null;
  }

  private async readToken(id: Id): Promise<SignedIn | null> {
    const [row] = await this.transactions.query<TokenRow>(
      `select ${signedInColumns}, personal_token.secret_hash, personal_token.scopes,
         timestampdiff(microsecond, utc_timestamp(3), personal_token.expires_at) as remaining,
         (last_used_at is null or last_used_at < utc_timestamp(3) - interval 1 hour) as stale
       from personal_token join officer on officer.id = personal_token.officer_id
       where personal_token.id = ? and personal_token.revoked_at is null
         and personal_token.expires_at > utc_timestamp(3) and officer.disabled_at is null`,
      [toBinary(id)],
    );
    if (!row) return null;
    const scopes = JSON.parse(row.scopes) as TokenScope[];
    const token = { secretHash: row.secret_hash, scopes, useIsNoted: row.stale === 0 };
    return { ...signedInOf(row), token };
  }

  private async noteUse(id: Id): Promise<void> {
    await this.transactions.execute(
      'update personal_token set last_used_at = utc_timestamp(3) where id = ?',
      [toBinary(id)],
    );
  }
}

function signedInOf({ officer_id, office_id, role, has_factor, remaining }: SignedInRow): SignedIn {
  return {
    officerId: fromBinary(officer_id),
    officeId: fromBinary(office_id),
    role,
    hasFactor: has_factor === 1,
    endsAt: performance.now() + Number(remaining) / 1000,
  };
}
