import { type DynamicModule, Module } from '@nestjs/common';
import type { CheckName } from './checks';
import { Health, NEEDS } from './health';
import { HealthController } from './health.controller';
import { MetricsController } from './metrics.controller';

/** `/health` and `/metrics` of a process that has a database and a queue module. */
@Module({})
export class HealthModule {
  /** @param needs checks whose failure makes the process unready (503); the others only degrade it */
  static needing(...needs: CheckName[]): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController, MetricsController],
      providers: [Health, { provide: NEEDS, useValue: needs }],
    };
  }
}
