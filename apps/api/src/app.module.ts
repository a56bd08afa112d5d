import { eventEntities } from '@sinkron/events';
import { webhookEntities } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountHttpModule } from './account/account-http.module';
import { AdministrationHttpModule } from './administration/administration.module';
import { AuditHttpModule } from './audit/audit-http.module';
import { SignedInGuard } from './auth/signed-in.guard';
import { ChannelsHttpModule } from './channels/channels-http.module';
import { EscalationsHttpModule } from './escalations/escalations-http.module';
import { EventsHttpModule } from './events/events-http.module';
import { RequestLimit } from './http/request-limit';
import { MessagesHttpModule } from './messages/messages-http.module';
import { OnCallHttpModule } from './on-call/on-call-http.module';
import { PrivacyHttpModule } from './privacy/privacy-http.module';
import { StatusHttpModule } from './status/status-http.module';
import { TicketsHttpModule } from './tickets/tickets-http.module';
import { WaitingHttpModule } from './waiting/waiting-http.module';
import { WebhooksHttpModule } from './webhooks/webhooks-http.module';
import { accountEntities, AccountsModule } from '@sinkron/accounts';
import type { Config } from '@sinkron/config';
import { DatabaseModule } from '@sinkron/database';
import { escalationEntities } from '@sinkron/escalation';
import { HealthModule } from '@sinkron/health';
import { lagEntities } from '@sinkron/lag';
import { messagingEntities } from '@sinkron/messaging';
import { privacyEntities } from '@sinkron/privacy';
import { QueueModule, workEntities } from '@sinkron/queue';
import { resyncEntities } from '@sinkron/resync';
import { ticketEntities } from '@sinkron/tickets';
import type { Logger } from 'pino';

/** What the API is made of: a list. */
@Module({})
export class AppModule {
  static forRoot(config: Config, logger: Logger): DynamicModule {
    return {
      module: AppModule,
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
        ]),
        ConfigModule.forRoot(config, logger),
        QueueModule,
        HealthModule.needing('database', 'migrations'),
        AccountsModule,
        AccountHttpModule,
        AdministrationHttpModule,
        AuditHttpModule,
        TicketsHttpModule,
        EscalationsHttpModule,
        ChannelsHttpModule,
        OnCallHttpModule,
        EventsHttpModule,
        WebhooksHttpModule,
        MessagesHttpModule,
        PrivacyHttpModule,
        StatusHttpModule,
        WaitingHttpModule,
      ],
      // In this order: an account is counted when it is known.
      providers: [
        { provide: APP_GUARD, useClass: SignedInGuard },
        RequestLimit,
        { provide: APP_GUARD, useExisting: RequestLimit },
      ],
    };
  }
}
