import { Injectable } from '@nestjs/common';
import { BlindIndex, type Id } from '@sinkron/database';
import { Problem } from '@sinkron/observability';
import { AccessTokens, accessTokenLife } from './access-tokens';
import { Credentials } from './credentials';
import { emailKey } from './officer-email';
import type { Principal } from './principal';
import { type OpenSession, Sessions } from './sessions';
import { SignInLimit } from './sign-in-limit';
import type { SignInInput } from './sign-in-schemas';

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
    private readonly index: BlindIndex,
    private readonly limit: SignInLimit,
    private readonly credentials: Credentials,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
  ) {}

  /**
   * @param address the caller's IP address
   * @throws Problem `unauthenticated`, the same for every cause; `too_many` with `Retry-After` after many failures;
   *   `unavailable` when too many sign in at once
   */
  async signIn({ email, password }: SignInInput, address: string): Promise<Tokens> {
    const account = emailKey(this.index, email).toString('hex');
    await this.limit.enter(account, address);
    const officerId = await this.credentials.check(email, password);
    if (officerId === null) throw wrongCredentials();
    await this.limit.succeeded(account, address);
    return this.tokensFor(await this.sessions.open(officerId));
  }

  /** @throws Problem `unauthenticated`; if the token had been used before, the session is over for everybody */
  async refresh(refreshToken: string): Promise<Tokens> {
    const session = await this.sessions.rotate(refreshToken);
    if (!session) throw signInAgain();
    return this.tokensFor(session);
  }

  /** Ends a session at once here, and within ten seconds in other processes. */
  async end(sessionId: Id): Promise<void> {
    await this.sessions.end(sessionId);
  }

  /** @throws Problem `unauthenticated` for a bad or old token, an ended session, a disabled officer */
  async authenticate(accessToken: string): Promise<Principal> {
    const claims = await this.tokens.read(accessToken);
    const principal = claims && (await this.sessions.principal(claims.sessionId));
    if (!principal) throw signInAgain();
    return principal;
  }

  private async tokensFor(session: OpenSession): Promise<Tokens> {
    const accessToken = await this.tokens.sign(session);
    return { accessToken, refreshToken: session.refreshToken, expiresIn: accessTokenLife };
  }
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
