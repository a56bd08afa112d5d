import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { apiDocument } from './document';
import { loadConfig } from '@sinkron/config';
import { createLogger } from '@sinkron/observability';

/** Prints the OpenAPI document. Nothing is connected or sealed, so the keys here open nothing. */
async function main(): Promise<void> {
  const key = () => `none0:${randomBytes(32).toString('base64')}`;
  const config = loadConfig({
    DATABASE_URL: 'mysql://127.0.0.1/none',
    REDIS_URL: 'redis://127.0.0.1',
    DATA_KEYS: key(),
    INDEX_KEYS: key(),
    TOKEN_KEYS: key(),
    REGISTRY_USER: 'nobody',
    REGISTRY_PASSWORD: 'nothing',
  });
  const module = AppModule.forRoot(config, createLogger('openapi', 'silent'));
  const app = await NestFactory.create(module, new FastifyAdapter(), { preview: true, logger: ['error'] });
  // A pipe takes the document in pieces: exit only when the last one is gone.
  process.stdout.write(`${JSON.stringify(apiDocument(app), null, 2)}\n`, () => process.exit(0));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
