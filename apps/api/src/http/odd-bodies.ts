import { Problem } from '@sinkron/observability';
import type { FastifyInstance } from 'fastify';

/** Nothing that we read is nested deeper; what is would exhaust the stack of whoever walks it. */
const deepest = 10;

/**
 * Refuses, before anything looks inside: bodies of another type than JSON (a form only where a route asks for it by
 * `@RouteConfig({ form: true })`), and JSON that is nested too deep.
 */
export function refuseOddBodies(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain');
  server.addHook('preValidation', (request, _reply, done) => {
    const isForm = request.headers['content-type']?.includes('urlencoded') ?? false;
    const { form } = request.routeOptions.config as { form?: boolean };
    if (isForm && !form && request.body !== undefined) done(notJson());
    else if (isDeeper(request.body, deepest)) done(tooDeep());
    else done();
  });
}

/** Looks no deeper than `levels` itself. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

export function notJson(): Problem {
  return new Problem('unsupported_media', {
    id: 'Kirim isi permintaan sebagai application/json.',
    en: 'Send the body as application/json.',
  });
}

function tooDeep(): Problem {
  return new Problem('malformed', {
    id: 'Isi permintaan bersarang terlalu dalam.',
    en: 'The body is nested too deep.',
  });
}
