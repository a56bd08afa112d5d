import { accountsTables } from './accounts';
import { auditTables } from './audit';
import { escalationTables } from './escalation';
import { eventsTables } from './events';
import { lagTables } from './lag';
import { linesTables } from './lines';
import { messagingTables } from './messaging';
import { officesTables } from './offices';
import { privacyTables } from './privacy';
import { queueTables } from './queue';
import { resyncTables } from './resync';
import { ticketsTables } from './tickets';
import { webhooksTables } from './webhooks';

/**
 * The baseline: one migration for each table. In the order in which they run; from the first tagged release on a
 * migration is never edited, and a new one is added below.
 */
export const migrations = [
  ...officesTables,
  ...auditTables,
  ...accountsTables,
  ...queueTables,
  ...eventsTables,
  ...messagingTables,
  ...webhooksTables,
  ...lagTables,
  ...escalationTables,
  ...ticketsTables,
  ...resyncTables,
  ...privacyTables,
  ...linesTables,
];
