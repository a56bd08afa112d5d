import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { accessEntities } from '@sinkron/access';
import type { Config } from '@sinkron/config';
import { DatabaseModule } from '@sinkron/database';
import { EscalationModule, escalationEntities } from '@sinkron/escalation';
import { HealthModule } from '@sinkron/health';
import { lagEntities } from '@sinkron/lag';
import { MessagingModule, messagingEntities } from '@sinkron/messaging';
import { PrivacyModule, privacyEntities } from '@sinkron/privacy';
import { QueueModule, createWorkerRedis, queuePrefix, workEntities, workKinds } from '@sinkron/queue';
import { ResyncModule, resyncEntities } from '@sinkron/resync';
import { ticketEntities } from '@sinkron/tickets';
import { TrailModule, trailEntities } from '@sinkron/trail';
import type { Logger } from 'pino';
import { Heartbeat } from './heartbeat';
import { Processors, processorClasses } from './processors';
import { Timers } from './timers';

/** What the worker is made of: a list. Its only HTTP is /health and /metrics. */
@Module({})
export class WorkerModule {
  static forRoot(config: Config, logger: Logger): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        DatabaseModule.forRoot(config, [
          ...accessEntities,
          ...workEntities,
          ...escalationEntities,
          ...messagingEntities,
          ...ticketEntities,
          ...resyncEntities,
          ...privacyEntities,
          ...lagEntities,
          ...trailEntities,
        ]),
        QueueModule.forRoot(config, logger),
        BullModule.forRoot({ connection: createWorkerRedis(config.redisUrl), prefix: queuePrefix }),
        BullModule.registerQueue(...workKinds.map((name) => ({ name }))),
        HealthModule.needing('database', 'migrations', 'redis'),
        EscalationModule,
        MessagingModule,
        PrivacyModule,
        ResyncModule,
        TrailModule,
      ],
      providers: [...processorClasses, Heartbeat, Processors, Timers],
    };
  }
}
