import { Module } from '@nestjs/common';
import { AccountsModule } from '@sinkron/accounts';
import { CONFIG, type Config } from '@sinkron/config';
import { EventsModule } from '@sinkron/events';
import { MessagingModule } from '@sinkron/messaging';
import { EndpointRows } from './endpoint-rows';
import { EventDeliveries } from './event-deliveries';
import { Replays } from './replays';
import { SafeRequest } from './safe-request';
import { WebhookDriver } from './webhook-driver';
import { WebhookEndpoint } from './webhook-endpoint';
import { WebhookEndpoints } from './webhook-endpoints';
import { WebhookSender } from './webhook-sender';

/** The tables of this lib, for the data source of a process. */
export const webhookEntities = [WebhookEndpoint];

const safeRequest = {
  provide: SafeRequest,
  useFactory: ({ messaging, durations }: Config) =>
    new SafeRequest(messaging.webhookNetworks, durations.deliveryTimeout),
  inject: [CONFIG],
};

/** Events to programs outside: their endpoints, signed calls and replays. */
@Module({
  imports: [AccountsModule, EventsModule, MessagingModule],
  providers: [
    EndpointRows,
    EventDeliveries,
    Replays,
    WebhookDriver,
    WebhookEndpoints,
    WebhookSender,
    safeRequest,
  ],
  exports: [EventDeliveries, WebhookEndpoints, WebhookSender, SafeRequest],
})
export class WebhooksModule {}
