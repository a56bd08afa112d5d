import { Module } from '@nestjs/common';
import { Deliveries } from './deliveries/deliveries';
import { Delivery } from './deliveries/delivery';
import { DeliveryAttempts } from './deliveries/delivery-attempts';
import { DeliveryItem } from './officers/delivery-item';
import { DeliveryOutcomes } from './deliveries/delivery-outcomes';
import { DeliveryReports } from './deliveries/delivery-reports';
import { deliveryWork } from './deliveries/delivery-work';
import { Destination } from './officers/destination';
import { MessageComposer } from './deliveries/message-composer';
import { MessageSender } from './deliveries/message-sender';
import { NoticeContents } from './deliveries/notice-contents';
import { OfficerMessages } from './officers/officer-messages';
import { Outbox } from './deliveries/outbox';
import { WaitingNotices } from './deliveries/waiting-notices';
import { Drivers } from './drivers/drivers';
import { Consent } from './recipients/consent';
import { WhatsAppWindow } from './whatsapp/whatsapp-window';
import { WhatsAppWindows } from './whatsapp/whatsapp-windows';
import { AccountsModule } from '@sinkron/accounts';
import { WorkKinds } from '@sinkron/queue';

/** The tables of this lib, for the data source of a process. */
export const messagingEntities = [Delivery, DeliveryItem, Destination, Consent, WhatsAppWindow];

const exported = [
  Deliveries,
  DeliveryAttempts,
  DeliveryReports,
  MessageSender,
  OfficerMessages,
  Outbox,
  WaitingNotices,
  WhatsAppWindows,
];

/** Outgoing messages: what is sent to whom, by which channel, and what became of it. */
@Module({
  imports: [AccountsModule],
  providers: [...exported, DeliveryOutcomes, Drivers, MessageComposer, NoticeContents],
  exports: exported,
})
export class MessagingModule {
  constructor(kinds: WorkKinds) {
    kinds.declare(deliveryWork);
  }
}
