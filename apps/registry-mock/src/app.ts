import { Controller, type DynamicModule, Get, Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  DocumentBuilder,
  type OpenAPIObject,
  SwaggerModule,
} from '@nestjs/swagger';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AdminController } from './admin.controller';
import { Consolidations } from './consolidations';
import { ConsolidationsController } from './consolidations.controller';
import { Database } from './database';
import { installFaults } from './faults';
import { ProblemFilter, unprocessable } from './problem';
import { Quota } from './quota';
import { Residents } from './residents';
import { Settings } from './settings';
import { VerificationController } from './verification.controller';

const health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

@ApiTags('health')
@Controller('health')
class HealthController {
  @Get('live')
  @ApiOperation({ operationId: 'live', summary: 'Whether the process answers' })
  @ApiOkResponse({ standardSchema: health })
  live(): z.output<typeof health> {
    return { status: 'ok' };
  }
}

@Module({})
class RegistryMockModule {
  static on(database: Database | null): DynamicModule {
    return {
      module: RegistryMockModule,
      controllers: [VerificationController, ConsolidationsController, AdminController, HealthController],
      providers: [{ provide: Database, useValue: database }, Settings, Residents, Consolidations, Quota],
    };
  }
}

/** Enough for 50,000 residents in one call of the controls. */
const bodyLimit = 16 * 1024 * 1024;

/** The whole server on an open database, not yet listening. The caller closes the app, then the database. */
export async function createApp(database: Database, log: Logger): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    RegistryMockModule.on(database),
    new FastifyAdapter({ bodyLimit }),
    { logger: false, abortOnError: false },
  );
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: unprocessable }));
  app.useGlobalFilters(new ProblemFilter(log));
  installFaults(app.getHttpAdapter().getInstance(), app.get(Settings));
  return app;
}

/** The contract as the code has it. Nothing is started: preview mode makes no provider, so no database either. */
export async function describeApi(): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestFastifyApplication>(
    RegistryMockModule.on(null),
    new FastifyAdapter(),
    {
      logger: false,
      abortOnError: false,
      preview: true,
    },
  );
  const description = new DocumentBuilder()
    .setTitle('Central registry (stand-in)')
    .setDescription(
      'Verification by elements in the vocabulary of public client code, consolidation as we imagine it, and the ' +
        'controls of the stand-in, which answer only on loopback. Synthetic people only.',
    )
    .setVersion('1')
    .addServer('http://127.0.0.1:3100')
    .build();
  return { ...SwaggerModule.createDocument(app, description), security: [] };
}
