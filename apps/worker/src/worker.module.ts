import { eventEntities } from '@sinkron/events';
import { webhookEntities, WebhooksModule } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { Heartbeat } from './heartbeat';
import { PeriodicTasks } from './periodic-tasks';
import { Consumers, consumerClasses } from './consumers';
import { queueErrors } from './queue-errors';
import { Handlers, handledWork } from './handlers';
import { accountEntities } from '@sinkron/accounts';
import { AuditModule } from '@sinkron/audit';
import { ClosuresModule } from '@sinkron/closures';
import type { Config } from '@sinkron/config';
import { DatabaseModule } from '@sinkron/database';
import { escalationEntities, EscalationModule } from '@sinkron/escalation';
import { HealthModule } from '@sinkron/health';
import { lagEntities } from '@sinkron/lag';
import { lineEntities, LinesModule } from '@sinkron/lines';
import { messagingEntities, MessagingModule } from '@sinkron/messaging';
import { privacyEntities, PrivacyModule } from '@sinkron/privacy';
import { RepeatedErrors } from '@sinkron/observability';
import { createWorkerRedis, QueueModule, queuePrefix, workEntities } from '@sinkron/queue';
import { resyncEntities, ResyncModule } from '@sinkron/resync';
import { ticketEntities } from '@sinkron/tickets';
import type { Logger } from 'pino';

/** What the worker is made of: a list. Its only HTTP is /health and /metrics. */
@Module({})
export class WorkerModule {
  static forRoot(config: Config, logger: Logger): DynamicModule {
    const errors = new RepeatedErrors(logger);
    return {
      module: WorkerModule,
      imports: [
        DatabaseModule.forRoot(config, [
          ...officeEntities,
          ...auditEntities,
          ...accountEntities,
          ...workEntities,
          ...escalationEntities,
          ...eventEntities,
          ...messagingEntities,
          ...webhookEntities,
          ...ticketEntities,
          ...resyncEntities,
          ...privacyEntities,
          ...lagEntities,
          ...lineEntities,
        ]),
        ConfigModule.forRoot(config, logger),
        QueueModule,
        BullModule.forRoot({
          connection: createWorkerRedis(config.redisUrl, errors.listener('redis of the workers')),
          prefix: queuePrefix,
        }),
        BullModule.registerQueue(...handledWork.map(({ name }) => ({ name }))),
        HealthModule.needing('database', 'migrations', 'redis'),
        ClosuresModule,
        EscalationModule,
        LinesModule,
        MessagingModule,
        PrivacyModule,
        ResyncModule,
        WebhooksModule,
        AuditModule,
      ],
      providers: [...consumerClasses, Consumers, Handlers, Heartbeat, PeriodicTasks, queueErrors(errors)],
    };
  }
}
