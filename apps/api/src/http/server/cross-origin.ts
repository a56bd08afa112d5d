import cors from '@fastify/cors';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '@sinkron/config';

/**
 * Pages of the listed origins may call the API from a browser, with a token of their own and never with what the
 * browser itself holds (no cookies, no credentials). Without a list nothing is registered, and browsers refuse.
 */
export async function allowOrigins(app: NestFastifyApplication, { corsOrigins }: Config): Promise<void> {
  if (corsOrigins.length === 0) return;
  await app.register(cors, {
    origin: corsOrigins,
    credentials: false,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'accept-language',
      'idempotency-key',
      'x-correlation-id',
    ],
    exposedHeaders: [
      'content-disposition',
      'content-language',
      'location',
      'retry-after',
      'x-correlation-id',
    ],
    maxAge: 600,
  });
}
