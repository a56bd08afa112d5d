import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config, LOGGER } from '@sinkron/config';
import { RepeatedErrors } from '@sinkron/observability';
import type { Logger } from 'pino';
import { Dispatcher } from './dispatcher';
import { Gates } from './gates';
import { JobQueue } from './job-queue';
import { JobRunner } from './job-runner';
import { LateWorkCount } from './late-work';
import { REDIS, createProducerRedis } from './redis';
import { WorkKinds } from './work-kinds';
import { WorkTable } from './work-table';

const errors = {
  provide: RepeatedErrors,
  useFactory: (logger: Logger) => new RepeatedErrors(logger),
  inject: [LOGGER],
};

const redis = {
  provide: REDIS,
  useFactory: ({ redisUrl }: Config, repeated: RepeatedErrors) =>
    createProducerRedis(redisUrl, repeated.listener('redis')),
  inject: [CONFIG, RepeatedErrors],
};

const services = [Dispatcher, Gates, JobQueue, JobRunner, LateWorkCount, WorkKinds, WorkTable];

/** The work table, what dispatches its rows and what runs them, for every lib above. */
@Global()
@Module({ providers: [errors, redis, ...services], exports: [RepeatedErrors, REDIS, ...services] })
export class QueueModule {}
