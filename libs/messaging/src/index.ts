export {
  askedEscalations,
  itemsOfMessages,
  markItemsUsed,
  messagesWithReplyCode,
  withSuccessors,
} from './officers/asked-messages';
export {
  givenAddresses,
  type InboundChannel,
  isPersonal,
  type PersonChannel,
  personChannels,
  reachedBy,
} from './channels';
export { Deliveries } from './deliveries/deliveries';
export {
  Delivery,
  deliveryKinds,
  type DeliveryState,
  deliveryStates,
  type ReportedState,
  reportedStates,
} from './deliveries/delivery';
export { DeliveryAttempts, type Sender } from './deliveries/delivery-attempts';
export { DeliveryItem } from './officers/delivery-item';
export { type DeliveryReport, DeliveryReports } from './deliveries/delivery-reports';
export { countDeadDeliveries, deliveriesTo, findDelivery } from './deliveries/delivery-rows';
export { deliveryWork } from './deliveries/delivery-work';
export { Destination } from './officers/destination';
export { forgetOldContents } from './deliveries/forget-contents';
export { noDeadline } from './deliveries/message-composer';
export { MessageSender } from './deliveries/message-sender';
export { NoticeContents } from './deliveries/notice-contents';
export { type EscalationQuestion, OfficerMessages } from './officers/officer-messages';
export { onceKey } from './deliveries/once-key';
export { type Notice, Outbox } from './deliveries/outbox';
export { WaitingNotices } from './deliveries/waiting-notices';
export { cancelFor, countWaitingFor, eventsStillToSend } from './deliveries/webhook-deliveries';
export type { Attempt } from './drivers/driver';
export { messagingEntities, MessagingModule } from './messaging.module';
export {
  Consent,
  consentedTo,
  consentsOf,
  giveConsent,
  type GivenConsent,
  withdrawConsent,
} from './recipients/consent';
export { type Recipient, type RecipientKind } from './recipients/recipient';
export { catalogue, type NoticeTemplate, type TemplateName, type ValuesOf } from './templates/catalogue';
export { approvalText, render, type Template, type Value } from './templates/template';
export { faultOf, windowOver } from './whatsapp/error-classes';
export { WhatsAppWindows } from './whatsapp/whatsapp-windows';
