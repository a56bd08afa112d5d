import { createHash, timingSafeEqual } from 'node:crypto';

/** What decides: where the request came from, and what it carries. */
export interface Asker {
  /** The socket's address, or the client's when a trusted proxy named it. */
  ip: string | undefined;
  headers: Record<string, string | string[] | undefined>;
}

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/**
 * Loopback may read, and whoever holds METRICS_TOKEN. A request that a proxy forwarded is not loopback although its
 * socket is, unless TRUSTED_PROXIES made its real address known: a forwarding header can only take away here.
 */
export function mayReadMetrics(asker: Asker, token: string | null, proxiesTrusted: boolean): boolean {
  const sent = asker.headers.authorization;
  if (token !== null && typeof sent === 'string' && same(sent, `Bearer ${token}`)) return true;
  const forwarded = asker.headers['x-forwarded-for'] !== undefined || asker.headers.forwarded !== undefined;
  return loopback.test(asker.ip ?? '') && (proxiesTrusted || !forwarded);
}

/** Compares in constant time, whatever the lengths. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
