import { randomBytes } from 'node:crypto';
import type { EndpointContent } from './webhook-endpoint';

type Secrets = EndpointContent['secrets'];

/** Whoever replaces a secret again and again does not make every message carry all of them. */
const most = 3;

/** A secret as Standard Webhooks writes it. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** The secrets by which messages are signed now, the newest first. */
export function liveSecrets(secrets: Secrets, now: Date): Secrets {
  return secrets.filter(({ until }) => until === null || new Date(until) > now);
}

/** A new secret before the ones that stand; these sign until `until` and no longer. */
export function rotated(secrets: Secrets, secret: string, now: Date, until: Date): Secrets {
  const olds = liveSecrets(secrets, now).map((old) => ({ ...old, until: old.until ?? until.toISOString() }));
  return [{ secret, until: null }, ...olds].slice(0, most);
}
