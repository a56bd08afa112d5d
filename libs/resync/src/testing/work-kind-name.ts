import { escalationWork } from '@sinkron/escalation';
import { deliveryWork } from '@sinkron/messaging';
import { ticketWork } from '@sinkron/tickets';

/** Every kind of work that the resync's test benches do themselves. */
export type WorkKindName = (
  (typeof ticketWork)[number] | (typeof escalationWork)[number] | (typeof deliveryWork)[number]
)['name'];
