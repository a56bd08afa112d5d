import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import type { Logger } from 'pino';
import { CONFIG, LOGGER } from './config-token';
import { Doorbell } from './doorbell';
import { Gates } from './gates';
import { JobRunner } from './job-runner';
import { LateWorkCount } from './late-work';
import { REDIS, createProducerRedis } from './redis';
import { Sweep } from './sweep';
import { WorkTable } from './work-table';

/** The work table and its doorbell, with the process's configuration and logger, for every lib above. */
@Module({})
export class QueueModule {
  static forRoot(config: Config, logger: Logger): DynamicModule {
    return {
      module: QueueModule,
      global: true,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: REDIS, useFactory: () => createProducerRedis(config.redisUrl) },
        Doorbell,
        Gates,
        JobRunner,
        LateWorkCount,
        Sweep,
        WorkTable,
      ],
      exports: [CONFIG, LOGGER, REDIS, Doorbell, Gates, JobRunner, LateWorkCount, Sweep, WorkTable],
    };
  }
}
