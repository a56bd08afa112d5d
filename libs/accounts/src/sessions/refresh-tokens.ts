import { createHash, randomBytes } from 'node:crypto';
import { fromBinary, type Id, toBinary } from '@sinkron/database';

const idLength = 16;
const familyLength = 16;
const secretLength = 16;
/** Half of SHA-256: the secrets are random, and as long. */
const hashLength = 16;

/**
 * The first refresh token of a session, base64url: the session's id, 16 random bytes that all of its tokens share, and
 * 16 of its own. By the shared ones an earlier token is recognised for what it is, however often the session was
 * refreshed since; the id alone proves nothing, because the audit shows it.
 */
export function newRefreshToken(sessionId: Id): string {
  return withNewSecret(Buffer.concat([toBinary(sessionId), randomBytes(familyLength)]));
}

/** The token after this one, of the same session. */
export function nextRefreshToken(token: string): string {
  return withNewSecret(familyOf(token));
}

/** What is stored of a token: the hash of what all tokens of the session share, and its own. */
export function refreshHash(token: string): Buffer {
  return Buffer.concat([familyHash(token), half(token)]);
}

/** The beginning of `refreshHash`, the same for every token of a session. */
export function familyHash(token: string): Buffer {
  return half(familyOf(token));
}

/** The session that a token claims to be of, or null if it cannot be one of ours. */
export function sessionOf(token: string): Id | null {
  if (!/^[A-Za-z0-9_-]{64}$/.test(token)) return null;
  try {
    return fromBinary(Buffer.from(token, 'base64url').subarray(0, idLength));
  } catch {
    return null;
  }
}

function withNewSecret(family: Buffer): string {
  return Buffer.concat([family, randomBytes(secretLength)]).toString('base64url');
}

function familyOf(token: string): Buffer {
  return Buffer.from(token, 'base64url').subarray(0, idLength + familyLength);
}

function half(of: string | Buffer): Buffer {
  return createHash('sha256').update(of).digest().subarray(0, hashLength);
}
