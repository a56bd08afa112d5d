import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { Delivery, DeliveryItem, Destination } from './deliveries/delivery';
import { NoticeConsent } from './deliveries/notice-consent';
import { Event, EventStream } from './events/event';
import { WebhookEndpoint } from './webhooks/webhook-endpoint';
import { WhatsAppWindow } from './whatsapp/whatsapp-window';

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

/** What leaves the desk: messages to persons, events to programs. */
@Module({
  imports: [AccessModule],
  providers: [],
  exports: [],
})
export class MessagingModule {}
