import { Module } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { CONFIG, REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';
import { Line } from './line';
import { Quota } from './quota';
import { RateLimit } from './rate-limit';
import { RegistryClient } from './registry-client';

/** The client of the central registry. */
@Module({
  providers: [
    {
      provide: RegistryClient,
      useFactory: ({ registry, durations }: Config, redis: Redis) =>
        new RegistryClient(
          { ...registry, timeout: durations.registryTimeout },
          new RateLimit(redis, { perSecond: registry.rate, burst: registry.burst }, registry.processes),
          new Line(durations.backOff.least),
          new Quota(registry.dailyQuota),
          durations.tokenWait,
        ),
      inject: [CONFIG, REDIS],
    },
  ],
  exports: [RegistryClient],
})
export class RegistryModule {}
