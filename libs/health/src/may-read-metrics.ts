import { createHash, timingSafeEqual } from 'node:crypto';

/** What the decision rests on: where the request came from, and its headers. */
export interface MetricsRequest {
  /** The socket's address, or the client's when a trusted proxy named it. */
  ip: string | undefined;
  headers: Record<string, string | string[] | undefined>;
}

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

/**
 * Loopback may read, and whoever holds METRICS_TOKEN. A request that a proxy forwarded is not loopback although its
 * socket is, unless TRUSTED_PROXIES made its real address known: a forwarding header can only take the right away.
 */
export function mayReadMetrics(
  request: MetricsRequest,
  token: string | null,
  proxiesTrusted: boolean,
): boolean {
  const sent = request.headers.authorization;
  if (token !== null && typeof sent === 'string' && same(sent, `Bearer ${token}`)) return true;
  const forwarded =
    request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  return loopback.test(request.ip ?? '') && (proxiesTrusted || !forwarded);
}

/** Compares in constant time, whatever the lengths. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
