import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '@sinkron/config';
import { Dispatcher } from './dispatcher';
import { Gates } from './gates';
import { JobQueue } from './job-queue';
import { JobRunner } from './job-runner';
import { LateWorkCount } from './late-work';
import { REDIS, createProducerRedis } from './redis';
import { WorkKinds } from './work-kinds';
import { WorkTable } from './work-table';

const redis = {
  provide: REDIS,
  useFactory: ({ redisUrl }: Config) => createProducerRedis(redisUrl),
  inject: [CONFIG],
};

const services = [Dispatcher, Gates, JobQueue, JobRunner, LateWorkCount, WorkKinds, WorkTable];

/** The work table, what dispatches its rows and what runs them, for every lib above. */
@Global()
@Module({ providers: [redis, ...services], exports: [REDIS, ...services] })
export class QueueModule {}
