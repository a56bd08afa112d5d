export {
  endpointChanges,
  type EndpointChanges,
  endpointInput,
  type EndpointInput,
  replayInput,
  type ReplayInput,
} from './endpoint-schemas';
export { hasEndpointFor } from './endpoint-rows';
export { type Replayed, Replays } from './replays';
export { SafeRequest } from './safe-request';
export { WebhookDriver } from './webhook-driver';
export { WebhookEndpoint } from './webhook-endpoint';
export { WebhookEndpoints, type WebhookView, type WebhookWithSecret } from './webhook-endpoints';
export { EventDeliveries } from './event-deliveries';
export { WebhookSender } from './webhook-sender';
export { webhookEntities, WebhooksModule } from './webhooks.module';
