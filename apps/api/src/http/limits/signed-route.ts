import { RouteConfig } from '@nestjs/platform-fastify';
import { Problem } from '@sinkron/observability';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Meta's batches have 3 MB at most, and as a rule one message. */
const largestBatch = 3 * 1024 * 1024;
const usualBatch = 64 * 1024;
/** So many larger ones are read at a time: anybody may send one, and the signature can be checked only at its end. */
const largeAtOnce = 8;

/**
 * A route for a program that signs what it sends (`X-Hub-Signature-256`). The handler gets the bytes as they came,
 * unparsed, because they are what was signed. A request that brings a signature is not counted: a program that is
 * refused for its bursts repeats them for days.
 */
export const SignedRoute = () => RouteConfig({ signed: true });

/** Whether this request goes to such a route. */
export function isForSignedRoute({ routeOptions }: FastifyRequest): boolean {
  return isSigned(routeOptions.config);
}

/** Whether it also brings what may be a signature; a false one costs us what a refusal costs. */
export function bringsSignature(request: FastifyRequest): boolean {
  const header = String(request.headers['x-hub-signature-256']);
  return isForSignedRoute(request) && /^sha256=[0-9a-f]{64}$/i.test(header);
}

/** Lets batches be larger than what people send, a few at a time. */
export function boundBatches(server: FastifyInstance): void {
  let large = 0;
  server.addHook('onRoute', (route) => {
    if (isSigned(route.config)) route.bodyLimit = largestBatch;
  });
  server.addHook('onRequest', async (request, reply) => {
    // One that does not say how large it is may be large.
    const length = Number(request.headers['content-length'] ?? Infinity);
    if (!isForSignedRoute(request) || length <= usualBatch) return;
    if (large >= largeAtOnce) throw tooManyLarge();
    large += 1;
    reply.raw.once('close', () => {
      large -= 1;
    });
  });
}

function isSigned(config: unknown): boolean {
  return (config as { signed?: boolean } | undefined)?.signed ?? false;
}

function tooManyLarge(): Problem {
  return new Problem(
    'unavailable',
    {
      id: 'Terlalu banyak kiriman besar sekaligus. Kirim lagi sebentar lagi.',
      en: 'Too many large batches at once. Send it again in a moment.',
    },
    [],
    5,
  );
}
