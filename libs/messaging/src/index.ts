export {
  Delivery,
  DeliveryItem,
  type DeliveryState,
  type PersonChannel,
  deliveryStates,
  personChannels,
} from './deliveries/delivery';
export {
  type GivenConsent,
  NoticeConsent,
  consentedTo,
  giveConsent,
  withdrawConsent,
} from './deliveries/notice-consent';
export { type Notice, Outbox, type StepAsk } from './deliveries/outbox';
export { DeliveryDesk } from './deliveries/delivery-desk';
export { DeliverySender } from './deliveries/delivery-sender';
export { type Receipt, Receipts } from './deliveries/receipts';
export { forgetOldContents } from './deliveries/forget-contents';
export { noDeadline } from './deliveries/delivery-words';
export { WaitingNotices } from './deliveries/waiting-notices';
export { type CloudEvent, cloudEvent } from './events/cloud-event';
export { Event } from './events/event';
export { EventLine } from './events/event-line';
export { EventPublisher } from './events/event-publisher';
export { recordEvents } from './events/event-log';
export {
  type EventData,
  type EventType,
  type Happened,
  eventTypeNames,
  eventTypes,
} from './events/event-types';
export { MessagingModule, messagingEntities } from './messaging.module';
export { type NoticeTemplate, type TemplateName, type ValuesOf, catalogue } from './templates/catalogue';
export { type Template, type Value, approvalText, render } from './templates/template';
export {
  type EndpointChanges,
  type EndpointInput,
  type ReplayInput,
  endpointChanges,
  endpointInput,
  replayInput,
} from './webhooks/endpoint-schemas';
export type { Replayed } from './webhooks/replays';
export { WebhookEndpoints, type WebhookView, type WebhookWithSecret } from './webhooks/webhook-endpoints';
export {
  type CloudBatch,
  type CloudMessage,
  type CloudStatus,
  isSigned,
  readCloudWebhook,
} from './whatsapp/cloud-webhook';
export { faultOf, windowOver } from './whatsapp/error-classes';
export { WhatsAppWindows } from './whatsapp/whatsapp-windows';
