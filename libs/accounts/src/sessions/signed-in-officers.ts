import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { needsSecondFactor } from '../factors/second-factor';
import type { Role } from '../officers/officer';
import type { OfficerActor } from '../permissions/actor';
import type { TokenScope } from '../tokens/personal-token';
import { personalTokenHash, personalTokenId } from '../tokens/token-format';
import { BoundedCache, fromBinary, type Id, toBinary, Transactions } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';

/** How long a disabled officer or an ended session may still be served by another process. */
const memory = 10_000;

interface SignedIn {
  officerId: Id;
  officeId: Id;
  role: Role;
  hasFactor: boolean;
  /** Of a personal access token only. */
  token?: { secretHash: Buffer; scopes: readonly TokenScope[]; useIsNoted: boolean };
}

interface SignedInRow {
  officer_id: Buffer;
  office_id: Buffer;
  role: Role;
  has_factor: number;
}

interface TokenRow extends SignedInRow {
  secret_hash: Buffer;
  scopes: string;
  stale: number;
}

const signedInColumns = `officer.id as officer_id, officer.office_id, officer.role,
  exists(select 1 from second_factor where second_factor.officer_id = officer.id
    and second_factor.confirmed_at is not null) as has_factor`;

/** Who holds a session or a personal access token: remembered for ten seconds, so that a request costs no reading. */
@Injectable()
export class SignedInOfficers {
  private readonly cache = new BoundedCache<Id, SignedIn | null>(10_000, memory);

  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
  ) {}

  /** Null when the session is over or its officer is disabled. */
  async ofSession(sessionId: Id): Promise<OfficerActor | null> {
    const signedIn = await this.cache.get(sessionId, () => this.readSession(sessionId));
    return signedIn && this.actorOf(sessionId, signedIn);
  }

  /** Null when the token is none of ours, has expired or was revoked, or its officer is disabled. */
  async ofToken(token: string): Promise<OfficerActor | null> {
    const id = personalTokenId(token);
    if (id === null) return null;
    const signedIn = await this.cache.get(id, () => this.readToken(id));
    if (!signedIn?.token || !timingSafeEqual(signedIn.token.secretHash, personalTokenHash(token)))
      return null;
    if (!signedIn.token.useIsNoted) {
      signedIn.token.useIsNoted = true;
      await this.noteUse(id);
    }
    return this.actorOf(id, signedIn);
  }

  /** A session or a token is read anew by this process. */
  forget(id: Id): void {
    this.cache.forget(id);
  }

  private async actorOf(sessionId: Id, signedIn: SignedIn): Promise<OfficerActor | null> {
    const tree = await this.directory.tree();
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
      `select ${signedInColumns} from session join officer on officer.id = session.officer_id
       where session.id = ? and session.ended_at is null and session.expires_at > utc_timestamp(3)
         and officer.disabled_at is null`,
      [toBinary(sessionId)],
    );
    return row ? signedInOf(row) : null;
  }

  private async readToken(id: Id): Promise<SignedIn | null> {
    const [row] = await this.transactions.query<TokenRow>(
      `select ${signedInColumns}, personal_token.secret_hash, personal_token.scopes,
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

function signedInOf({ officer_id, office_id, role, has_factor }: SignedInRow): SignedIn {
  return {
    officerId: fromBinary(officer_id),
    officeId: fromBinary(office_id),
    role,
    hasFactor: has_factor === 1,
  };
}
