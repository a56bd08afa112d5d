import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import { BoundedCache, type Id } from '@sinkron/database';
import { SignJWT, jwtVerify } from 'jose';

/** Seconds; the contract promises 900 or more. */
export const accessTokenLife = 900;

const issuer = 'sinkron';
const algorithm = 'HS256';

export interface AccessClaims {
  officerId: Id;
  sessionId: Id;
}

type Verified = AccessClaims & { expiresAt: number };

/** Signed names of a session: JWT, HS256 and nothing else, the newest key signs, every key of the ring verifies. */
@Injectable()
export class AccessTokens {
  /** A token that was found good stays good until it expires: its bytes cannot change. */
  private readonly verified = new BoundedCache<string, Verified>(10_000, accessTokenLife * 1000);

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'tokenKeys'>) {}

  sign({ officerId, sessionId }: AccessClaims): Promise<string> {
    const [newest] = this.config.tokenKeys;
    if (!newest) throw new Error('TOKEN_KEYS is empty');
    return new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: algorithm, kid: newest.id })
      .setIssuer(issuer)
      .setSubject(officerId)
      .setIssuedAt()
      .setExpirationTime(`${accessTokenLife}s`)
      .sign(newest.key);
  }

  /** @returns null for anything that is not a token of ours that is still valid */
  async read(token: string): Promise<AccessClaims | null> {
    // Longer than any of ours: not worth a signature.
    if (token.length > 1_000) return null;
    const claims = await this.verified.get(token, () => this.verify(token)).catch(() => null);
    return claims && claims.expiresAt > Date.now() ? claims : null;
  }

  private async verify(token: string): Promise<Verified> {
    const { payload } = await jwtVerify(token, ({ kid }) => this.keyNamed(kid), {
      algorithms: [algorithm],
      issuer,
      requiredClaims: ['sub', 'sid', 'exp'],
    });
    return {
      officerId: String(payload.sub),
      sessionId: String(payload['sid']),
      expiresAt: Number(payload.exp) * 1000,
    };
  }

  private keyNamed(kid: string | undefined): Buffer {
    const named = this.config.tokenKeys.find(({ id }) => id === kid);
    if (!named) throw new Error('The token names a key that is not in the ring');
    return named.key;
  }
}
