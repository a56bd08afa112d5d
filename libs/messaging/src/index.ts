export {
  Delivery,
  DeliveryItem,
  type DeliveryState,
  type PersonChannel,
  deliveryStates,
  personChannels,
} from './deliveries/delivery';
export { onceKey } from './deliveries/once-key';
export { recordEvents } from './events/event-log';
export { type EventType, type Happened, eventTypeNames, eventTypes } from './events/event-types';
export { MessagingModule, messagingEntities } from './messaging.module';
