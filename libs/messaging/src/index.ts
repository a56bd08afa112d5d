export { consentedTo, giveConsent, type GivenConsent, Consent, withdrawConsent } from './deliveries/consent';
export { Deliveries } from './deliveries/delivery-desk';
export { type DeliveryReport, DeliveryReports } from './deliveries/delivery-reports';
export { DeliveryAttempts, type Sender } from './deliveries/delivery-attempts';
export { MessageSender } from './deliveries/message-sender';
export { noDeadline } from './deliveries/delivery-words';
export {
  Delivery,
  DeliveryItem,
  type DeliveryState,
  deliveryStates,
  Destination,
  type PersonChannel,
  personChannels,
} from './deliveries/delivery';
export { forgetOldContents } from './deliveries/forget-contents';
export { newDelivery } from './deliveries/new-delivery';
export { onceKey } from './deliveries/once-key';
export { type Notice, Outbox, type StepAsk } from './deliveries/outbox';
export { WaitingNotices } from './deliveries/waiting-notices';
export type { Attempt } from './drivers/driver';
export { messagingEntities, MessagingModule } from './messaging.module';
export { catalogue, type NoticeTemplate, type TemplateName, type ValuesOf } from './templates/catalogue';
export { approvalText, render, type Template, type Value } from './templates/template';
export {
  type CloudBatch,
  type CloudMessage,
  type CloudStatus,
  isSigned,
  readCloudWebhook,
} from './whatsapp/cloud-webhook';
export { faultOf, windowOver } from './whatsapp/error-classes';
export { WhatsAppWindows } from './whatsapp/whatsapp-windows';
export { deliveryWork } from './deliveries/delivery-work';
