import type { FastifyInstance } from 'fastify';

/** For `@RouteConfig(mayBeEmpty)`: a route that needs no body. */
export const mayBeEmpty = { mayBeEmpty: true };

/**
 * Many clients say `Content-Type: application/json` even when they send nothing, which is no JSON. On a route that
 * needs no body that is accepted.
 */
export function takeEmptyBodies(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    const config = request.routeOptions.config as Partial<typeof mayBeEmpty>;
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    if (config.mayBeEmpty && length === '0' && encoding === undefined) delete request.headers['content-type'];
    done();
  });
}
