import { Module } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { CONFIG } from '@sinkron/queue';
import { RegistryClient } from './registry-client';

/** The client of the central registry. */
@Module({
  providers: [
    {
      provide: RegistryClient,
      useFactory: ({ registry, durations }: Config) =>
        new RegistryClient({ ...registry, timeout: durations.registryTimeout }),
      inject: [CONFIG],
    },
  ],
  exports: [RegistryClient],
})
export class RegistryModule {}
