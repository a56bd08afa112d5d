import { accessEntities } from '@sinkron/access';
import { escalationEntities } from '@sinkron/escalation';
import { lagEntities } from '@sinkron/lag';
import { messagingEntities } from '@sinkron/messaging';
import { workEntities } from '@sinkron/queue';
import { resyncEntities } from '@sinkron/resync';
import { ticketEntities } from '@sinkron/tickets';
import { Breach } from './breach';

/** The tables of this lib, for the data source of a process. */
export const privacyEntities = [Breach];

/** Every table of ours, lib by lib: what a change of keys must walk. */
export const everyEntity = [
  ...accessEntities,
  ...workEntities,
  ...escalationEntities,
  ...messagingEntities,
  ...ticketEntities,
  ...resyncEntities,
  ...privacyEntities,
  ...lagEntities,
];
