import { Problem } from '@sinkron/observability';
import type { FastifyInstance } from 'fastify';

/**
 * Refuses, before anything looks inside, bodies of another type than JSON; a form is read only where a route asks for
 * it by `@RouteConfig({ form: true })`.
 */
export function refuseOddBodies(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain');
  server.addHook('preValidation', (request, _reply, done) => {
    const isForm = request.headers['content-type']?.includes('urlencoded') ?? false;
    const { form } = request.routeOptions.config as { form?: boolean };
    if (isForm && !form && request.body !== undefined) done(notJson());
    else done();
  });
}

function notJson(): Problem {
  return new Problem('unsupported_media', {
    id: 'Kirim isi permintaan sebagai application/json.',
    en: 'Send the body as application/json.',
  });
}
