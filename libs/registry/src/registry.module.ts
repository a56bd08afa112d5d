import { Module } from '@nestjs/common';
import { CircuitBreaker } from './circuit-breaker';
import { Quota } from './quota';
import { RateLimit } from './rate-limit';
import { RegistryClient } from './registry-client';
import { type Config, CONFIG } from '@sinkron/config';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';

/** The client of the central registry. */
@Module({
  providers: [
    {
      provide: RegistryClient,
      useFactory: ({ registry, durations }: Config, redis: Redis) =>
        new RegistryClient(
          { ...registry, timeout: durations.registryTimeout },
          new RateLimit(redis, { perSecond: registry.rate, burst: registry.burst }, registry.processes),
          new CircuitBreaker(durations.backOff.least),
          new Quota(registry.dailyQuota),
          durations.tokenWait,
        ),
      inject: [CONFIG, REDIS],
    },
  ],
  exports: [RegistryClient],
})
export class RegistryModule {}
