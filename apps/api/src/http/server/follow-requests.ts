import { httpSeconds, withCorrelation } from '@sinkron/observability';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/**
 * Everything a request does carries its correlation id, and every finished request leaves one line and one
 * observation. Both name the route's pattern, never the address: an address may hold anything.
 */
export function followRequests(server: FastifyInstance, logger: Logger): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id).header('cache-control', 'no-store');
    withCorrelation(request.id, done);
  });
  // Reading the body is a callback of the socket and has lost the id; what comes after needs it again.
  server.addHook('preValidation', (request, _reply, done) => {
    withCorrelation(request.id, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    const status = reply.statusCode;
    httpSeconds.observe({ method, route, status }, reply.elapsedTime / 1_000);
    withCorrelation(request.id, () =>
      logger.info({ method, route, status, ms: Math.round(reply.elapsedTime) }, 'request'),
    );
    done();
  });
}
