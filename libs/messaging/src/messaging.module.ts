import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import type { Config } from '@sinkron/config';
import { CONFIG } from '@sinkron/queue';
import { Delivery, DeliveryItem, Destination } from './deliveries/delivery';
import { DeliveryDesk } from './deliveries/delivery-desk';
import { DeliveryEnds } from './deliveries/delivery-ends';
import { DeliverySender } from './deliveries/delivery-sender';
import { DeliveryWords } from './deliveries/delivery-words';
import { Outbox } from './deliveries/outbox';
import { Receipts } from './deliveries/receipts';
import { Drivers } from './drivers/drivers';
import { NoticeConsent } from './deliveries/notice-consent';
import { Event, EventStream } from './events/event';
import { EventLine } from './events/event-line';
import { EventPublisher } from './events/event-publisher';
import { WaitingNotices } from './deliveries/waiting-notices';
import { Replays } from './webhooks/replays';
import { SafeRequest } from './webhooks/safe-request';
import { WebhookDriver } from './webhooks/webhook-driver';
import { WebhookEndpoint } from './webhooks/webhook-endpoint';
import { WebhookEndpoints } from './webhooks/webhook-endpoints';
import { WhatsAppWindow } from './whatsapp/whatsapp-window';
import { WhatsAppWindows } from './whatsapp/whatsapp-windows';

/** The tables of this lib, for the data source of a process. */
export const messagingEntities = [
  Event,
  EventStream,
  WebhookEndpoint,
  Delivery,
  DeliveryItem,
  Destination,
  NoticeConsent,
  WhatsAppWindow,
];

const safeRequest = {
  provide: SafeRequest,
  useFactory: ({ messaging, durations }: Config) =>
    new SafeRequest(messaging.webhookNetworks, durations.deliveryTimeout),
  inject: [CONFIG],
};

/** What leaves the desk: messages to persons, events to programs. */
@Module({
  imports: [AccessModule],
  providers: [
    DeliveryDesk,
    DeliveryEnds,
    DeliverySender,
    DeliveryWords,
    Receipts,
    Outbox,
    Drivers,
    WhatsAppWindows,
    WaitingNotices,
    EventLine,
    EventPublisher,
    Replays,
    WebhookDriver,
    WebhookEndpoints,
    safeRequest,
  ],
  exports: [
    DeliveryDesk,
    DeliverySender,
    Receipts,
    Outbox,
    WhatsAppWindows,
    WaitingNotices,
    EventLine,
    EventPublisher,
    SafeRequest,
    WebhookEndpoints,
  ],
})
export class MessagingModule {}
