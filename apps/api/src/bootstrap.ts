import helmet from '@fastify/helmet';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { refuseUndeclaredRoutes } from './auth/declared-access';
import { serveDocument } from './docs-page';
import { relaxForDocs, securityHeaders } from './http/server/content-security';
import { allowOrigins } from './http/server/cross-origin';
import { drainOnClose } from './http/server/drain-on-close';
import { followRequests } from './http/server/follow-requests';
import { readJsonBodies } from './http/bodies/json-bodies';
import { nameMissingValues } from './http/bodies/missing-values';
import { refuseOddBodies } from './http/bodies/odd-bodies';
import { RequestLimit } from './http/limits/request-limit';
import { answerOneAtATime } from './http/server/one-at-a-time';
import { serverOptions } from './http/server/server-options';
import { refuseDoubledHeaders } from './http/server/single-headers';
import { boundBatches } from './http/limits/signed-route';
import { tellWrongMethods } from './http/server/wrong-method';
import { ProblemFilter } from './problems/problem.filter';
import { SignIn } from '@sinkron/accounts';
import type { Config } from '@sinkron/config';
import { createLogger, fieldErrors, invalid, NestLog } from '@sinkron/observability';

/**
 * The whole API, not yet listening: `main.ts` and tests start the same thing.
 * @throws Error when the database cannot be reached, or a route does not say who may use it
 */
export async function createApi(config: Config): Promise<NestFastifyApplication> {
  const logger = createLogger('api', config.logLevel);
  const adapter = new FastifyAdapter(serverOptions(config));
  const server = adapter.getInstance();
  answerOneAtATime(server.server);
  followRequests(server, logger);
  refuseDoubledHeaders(server);
  refuseOddBodies(server);
  relaxForDocs(server);
  boundBatches(server);
  drainOnClose(server);

  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, logger), adapter, {
    logger: new NestLog(logger),
    abortOnError: false,
  });
  refuseUndeclaredRoutes(app);
  await app.register(helmet, securityHeaders(config));
  await allowOrigins(app, config);
  app.get(RequestLimit).countStrangers(server);
  tellWrongMethods(server, app.get(SignIn, { strict: false }));
  readJsonBodies(app);
  nameMissingValues();
  app.useGlobalPipes(
    new StandardSchemaValidationPipe({
      exceptionFactory: (issues) => invalid(fieldErrors(issues)),
    }),
  );
  app.useGlobalFilters(new ProblemFilter(logger));
  serveDocument(app);
  return app;
}
