import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { stopOnSignal } from './stop-on-signal';
import { WorkerModule } from './worker.module';
import { loadConfig } from '@sinkron/config';
import { createLogger, maskLine, NestLog } from '@sinkron/observability';

async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger('worker', config.logLevel);
  const app = await NestFactory.create<NestFastifyApplication>(
    WorkerModule.forRoot(config, logger),
    new FastifyAdapter(),
    { logger: new NestLog(logger), abortOnError: false },
  );
  stopOnSignal(app);
  await app.listen(config.workerPort, config.host);
  logger.info({ url: await app.getUrl() }, 'working');
}

main().catch((error: Error) => {
  console.error(maskLine(`The worker cannot start. ${error.message}`));
  process.exit(1);
});
