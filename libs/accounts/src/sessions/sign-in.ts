import { Injectable } from '@nestjs/common';
import { notProved } from '../factors/factor-problems';
import { type FactorRefusal, isRefusal, SecondFactors } from '../factors/second-factors';
import { emailKey } from '../officers/officer-email';
import { type LockedOfficer, lockRecognised } from '../officers/officer-lock';
import type { OfficerActor } from '../permissions/actor';
import { isPersonalToken } from '../tokens/token-format';
import { accessTokenLife, AccessTokens } from './access-tokens';
import { Credentials, type Recognised } from './credentials';
import { type OpenSession, Sessions } from './sessions';
import { SignInLimit } from './sign-in-limit';
import type { SignInInput } from './sign-in-schemas';
import { SignedInOfficers } from './signed-in-officers';
import { Audit } from '@sinkron/audit';
import { BlindIndex, type Transaction, Transactions } from '@sinkron/database';
import { Problem } from '@sinkron/observability';

/** What a client works with: the access token for 15 minutes, the refresh token once. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** Seconds. */
  expiresIn: number;
}

/** The way in, and who is in. */
@Injectable()
export class SignIn {
  constructor(
    private readonly transactions: Transactions,
    private readonly index: BlindIndex,
    private readonly limit: SignInLimit,
    private readonly credentials: Credentials,
    private readonly factors: SecondFactors,
    private readonly sessions: Sessions,
    private readonly signedInOfficers: SignedInOfficers,
    private readonly tokens: AccessTokens,
    private readonly audit: Audit,
  ) {}

  /**
   * @param address the caller's IP address
   * @throws Problem `unauthenticated`, the same for whatever is wrong with address or password, and with the field
   *   `otp` when only the second factor is missing or wrong; `too_many` with `Retry-After` after many failures;
   *   `unavailable` when too many sign in at once
   */
  async signIn({ email, password, otp }: SignInInput, address: string): Promise<Tokens> {
    const account = emailKey(this.index, email).toString('hex');
    const party = await this.limit.enter(account, address);
    let code = false;
    try {
      const recognised = await this.credentials.check(email, password, party);
      if (!recognised) throw wrongCredentials();
      if (otp) await this.limit.enterCode(account);
      code = otp !== undefined;
      const session = await this.open(recognised, otp, address);
      if (otp) await this.limit.provedByCode(account);
      await this.limit.succeeded(account, address);
      return await this.tokensFor(session);
    } catch (error) {
      if (!wasJudged(error)) await this.limit.notJudged(account, address, { code });
      throw error;
    }
  }

  /** @throws Problem `unauthenticated`; if the token had been used before, the session is over for everybody */
  async refresh(refreshToken: string): Promise<Tokens> {
    const session = await this.sessions.rotate(refreshToken);
    if (!session) throw signInAgain();
    return this.tokensFor(session);
  }

  /**
   * Whose bearer token this is: an access token of a session, or a personal access token.
   * @throws Problem `unauthenticated` for a bad or old token, an ended session, a revoked token, a disabled officer
   */
  async authenticate(bearerToken: string): Promise<OfficerActor> {
    const actor = isPersonalToken(bearerToken)
      ? await this.signedInOfficers.ofToken(bearerToken)
      : await this.ofAccessToken(bearerToken);
    if (!actor) throw signInAgain();
    return actor;
  }

  private async ofAccessToken(accessToken: string): Promise<OfficerActor | null> {
    const claims = await this.tokens.read(accessToken);
    return claims && this.signedInOfficers.ofSession(claims.sessionId);
  }

  /** The code is judged and used up in the transaction that opens the session: none is good for two. */
  private async open(recognised: Recognised, otp: string | undefined, address: string): Promise<OpenSession> {
    const opened = await this.transactions.run(async (transaction) => {
      const officer = await lockRecognised(transaction, recognised);
      if (!officer) return null;
      const proof = await this.factors.prove(transaction, officer.officerId, otp);
      if (!isRefusal(proof)) return this.sessions.open(transaction, officer, proof, address);
      await this.noteRefusal(transaction, officer, proof);
      return proof;
    });
    if (opened === null) throw wrongCredentials();
    if (typeof opened === 'string') throw notProved(opened);
    return opened;
  }

  /** A wrong code behind the right password: somebody may know the password who should not. */
  private async noteRefusal(
    transaction: Transaction,
    { officerId, officeId }: LockedOfficer,
    refusal: FactorRefusal,
  ): Promise<void> {
    if (refusal === 'otp_required') return;
    await this.audit.record(transaction, { officerId, officeId, action: refusal });
  }

  private async tokensFor(session: OpenSession): Promise<Tokens> {
    const accessToken = await this.tokens.sign(session);
    return { accessToken, refreshToken: session.refreshToken, expiresIn: accessTokenLife };
  }
}

/** A database that is away, or no free place, says nothing of a password. */
function wasJudged(error: unknown): boolean {
  return error instanceof Problem && error.kind !== 'unavailable';
}

function wrongCredentials(): Problem {
  return new Problem('unauthenticated', {
    id: 'Surel atau kata sandi tidak cocok, atau akun dinonaktifkan.',
    en: 'The e-mail address or password does not fit, or the account is disabled.',
  });
}

function signInAgain(): Problem {
  return new Problem('unauthenticated', {
    id: 'Sesi tidak berlaku lagi. Silakan masuk kembali.',
    en: 'The session is no longer valid. Sign in again.',
  });
}
