import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, isId } from '@sinkron/database';
import { SignJWT, jwtVerify } from 'jose';

/** What a link opens; a token for one opens nothing of the other. */
export type LinkPurpose = 'acknowledge' | 'numbers';

const algorithm = 'HS256';

/** Signed names of a row, for links in messages: JWT, by the keys of the access tokens but of another audience. */
@Injectable()
export class SignedLinks {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'tokenKeys'>) {}

  /** @param lasts milliseconds that it opens something */
  sign(purpose: LinkPurpose, id: Id, lasts: number): Promise<string> {
    const [newest] = this.config.tokenKeys;
    if (!newest) throw new Error('TOKEN_KEYS is empty');
    return new SignJWT({})
      .setProtectedHeader({ alg: algorithm, kid: newest.id })
      .setAudience(audienceOf(purpose))
      .setSubject(id)
      .setExpirationTime(Math.ceil((Date.now() + lasts) / 1000))
      .sign(newest.key);
  }

  /** @returns the id; null for whatever is not a token of ours for this purpose that is still valid */
  async read(purpose: LinkPurpose, token: string): Promise<Id | null> {
    if (token.length > 500) return null;
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.keyNamed(kid), {
        algorithms: [algorithm],
        audience: audienceOf(purpose),
        requiredClaims: ['sub', 'exp'],
      });
      return isId(payload.sub ?? '') ? payload.sub! : null;
    } catch {
      return null;
    }
  }

  private keyNamed(kid: string | undefined): Buffer {
    const named = this.config.tokenKeys.find(({ id }) => id === kid);
    if (!named) throw new Error('The token names a key that is not in the ring');
    return named.key;
  }
}

function audienceOf(purpose: LinkPurpose): string {
  return `sinkron:${purpose}`;
}
