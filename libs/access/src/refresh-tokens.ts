import { createHash, randomBytes } from 'node:crypto';
import { type Id, fromBinary, toBinary } from '@sinkron/database';

const idLength = 16;
const secretLength = 32;

/**
 * A refresh token: the session's id and 32 random bytes, base64url. The id lets an earlier token of a session be
 * recognised for what it is, however often the session was refreshed since.
 */
export function newRefreshToken(sessionId: Id): string {
  return Buffer.concat([toBinary(sessionId), randomBytes(secretLength)]).toString('base64url');
}

/** What is stored of it: the secret is random, so one SHA-256 is enough. */
export function refreshHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
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
