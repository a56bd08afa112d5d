import type { FastifyInstance } from 'fastify';

/** How long requests in flight may still take once the server closes. */
const patience = 5_000;

/**
 * A close lets requests in flight finish, but not for ever, and does not wait for a client to hang up: a kept-alive
 * connection that gets its answer meanwhile is idle from then on, and nobody else would close it.
 */
export function drainOnClose(fastify: FastifyInstance): void {
  const { server } = fastify;
  fastify.addHook('preClose', (done) => {
    if (server.listening) {
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const late = setTimeout(() => server.closeAllConnections(), patience);
      server.once('close', () => {
        clearInterval(idle);
        clearTimeout(late);
      });
    }
    done();
  });
}
