import { eventEntities } from '@sinkron/events';
import { webhookEntities } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { Breach } from './breach';
import { accountEntities } from '@sinkron/accounts';
import { escalationEntities } from '@sinkron/escalation';
import { lagEntities } from '@sinkron/lag';
import { lineEntities } from '@sinkron/lines';
import { messagingEntities } from '@sinkron/messaging';
import { workEntities } from '@sinkron/queue';
import { resyncEntities } from '@sinkron/resync';
import { ticketEntities } from '@sinkron/tickets';

/** The tables of this lib, for the data source of a process. */
export const privacyEntities = [Breach];

/** Every table of ours, lib by lib: what a change of keys must walk. */
export const everyEntity = [
  ...officeEntities,
  ...auditEntities,
  ...accountEntities,
  ...workEntities,
  ...escalationEntities,
  ...eventEntities,
  ...messagingEntities,
  ...webhookEntities,
  ...ticketEntities,
  ...resyncEntities,
  ...privacyEntities,
  ...lagEntities,
  ...lineEntities,
];
