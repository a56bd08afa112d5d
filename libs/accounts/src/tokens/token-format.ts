import { createHash, randomBytes } from 'node:crypto';
import { fromBinary, type Id, toBinary } from '@sinkron/database';

/** By this, secret scanners know what they have found. */
const prefix = 'sinkron_pat_';
const idLength = 16;
const secretLength = 32;

/** A personal access token: the prefix, then its row's id and 32 random bytes in base64url. */
export function newPersonalToken(id: Id): string {
  return prefix + Buffer.concat([toBinary(id), randomBytes(secretLength)]).toString('base64url');
}

/** What is stored of it: the secret is random, so one SHA-256 is enough. */
export function personalTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Whether a bearer token claims to be a personal access token. */
export function isPersonalToken(token: string): boolean {
  return token.startsWith(prefix);
}

/** The row that a token claims to be of, or null if it cannot be one of ours. */
export function personalTokenId(token: string): Id | null {
  if (!/^sinkron_pat_[A-Za-z0-9_-]{64}$/.test(token)) return null;
  return fromBinary(Buffer.from(token.slice(prefix.length), 'base64url').subarray(0, idLength));
}
