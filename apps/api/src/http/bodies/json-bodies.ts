import { isUtf8 } from 'node:buffer';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { scanJson } from './scan-json';
import { isForSignedRoute } from '../limits/signed-route';
import { Problem } from '@sinkron/observability';
import type { FastifyRequest } from 'fastify';

/**
 * How bodies of JSON are read: they must be UTF-8, are looked over (`scanJson`), and then parsed by Fastify's own
 * parser, which refuses names that would reach an object's prototype. What is signed is left as it came.
 */
export function readJsonBodies(app: NestFastifyApplication): void {
  const parse = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', {}, (request, body, done) => {
    if (isForSignedRoute(request as FastifyRequest)) return done(null, body);
    if (!isUtf8(body)) throw notUtf8();
    const text = body.toString('utf8');
    scanJson(text);
    return parse(request as FastifyRequest, text, done);
  });
}

function notUtf8(): Problem {
  return new Problem('malformed', {
    id: 'Isi permintaan bukan teks UTF-8.',
    en: 'The body is not text in UTF-8.',
  });
}
