import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountHttpModule } from './account/account-http.module';
import { AdministrationHttpModule } from './administration/administration.module';
import { AuditHttpModule } from './audit/audit-http.module';
import { SignedInGuard } from './auth/signed-in.guard';
import { ChannelsHttpModule } from './channels/channels-http.module';
import { EscalationsHttpModule } from './escalations/escalations-http.module';
import { EventsHttpModule } from './events/events-http.module';
import { RequestLimit } from './http/limits/request-limit';
import { MessagesHttpModule } from './messages/messages-http.module';
import { OnCallHttpModule } from './on-call/on-call-http.module';
import { PrivacyHttpModule } from './privacy/privacy-http.module';
import { StatusHttpModule } from './status/status-http.module';
import { TicketsHttpModule } from './tickets/tickets-http.module';
import { WaitingHttpModule } from './waiting/waiting-http.module';
import { WebhooksHttpModule } from './webhooks/webhooks-http.module';
import { AccountsModule } from '@sinkron/accounts';
import { type Config, ConfigModule } from '@sinkron/config';
import { DatabaseModule } from '@sinkron/database';
import { HealthModule } from '@sinkron/health';
import { everyEntity } from '@sinkron/privacy';
import { QueueModule } from '@sinkron/queue';
import type { Logger } from 'pino';

/** What the API is made of: a list. */
@Module({})
export class AppModule {
  static forRoot(config: Config, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forRoot(config, everyEntity),
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
