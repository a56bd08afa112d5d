export {
  endpointChanges,
  type EndpointChanges,
  endpointInput,
  type EndpointInput,
  replayInput,
  type ReplayInput,
} from './endpoint-schemas';
export { countEndpointsToMove, hasEndpointFor } from './endpoint-rows';
export type { Replayed } from './replays';
export { WebhookEndpoints, type WebhookView, type WebhookWithSecret } from './webhook-endpoints';
export { EventDeliveries } from './event-deliveries';
export { WebhookSender } from './webhook-sender';
export { webhookEntities, WebhooksModule } from './webhooks.module';
