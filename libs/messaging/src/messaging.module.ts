import { WorkKinds } from '@sinkron/queue';
import { deliveryWork } from './deliveries/delivery-work';
import { Module } from '@nestjs/common';
import { AccountsModule } from '@sinkron/accounts';
import { Consent } from './deliveries/consent';
import { Delivery, DeliveryItem, Destination } from './deliveries/delivery';
import { DeliveryAttempts } from './deliveries/delivery-attempts';
import { Deliveries } from './deliveries/delivery-desk';
import { DeliveryEnds } from './deliveries/delivery-ends';
import { DeliveryReports } from './deliveries/delivery-reports';
import { DeliveryWords } from './deliveries/delivery-words';
import { MessageSender } from './deliveries/message-sender';
import { Outbox } from './deliveries/outbox';
import { WaitingNotices } from './deliveries/waiting-notices';
import { Drivers } from './drivers/drivers';
import { WhatsAppWindow } from './whatsapp/whatsapp-window';
import { WhatsAppWindows } from './whatsapp/whatsapp-windows';

/** The tables of this lib, for the data source of a process. */
export const messagingEntities = [Delivery, DeliveryItem, Destination, Consent, WhatsAppWindow];

const open = [
  DeliveryAttempts,
  Deliveries,
  MessageSender,
  Outbox,
  DeliveryReports,
  WaitingNotices,
  WhatsAppWindows,
];

/** Messages to persons: what is to be said, by which channel, and what became of it. */
@Module({
  imports: [AccountsModule],
  providers: [...open, DeliveryEnds, DeliveryWords, Drivers],
  exports: open,
})
export class MessagingModule {
  constructor(kinds: WorkKinds) {
    kinds.declare(deliveryWork);
  }
}
