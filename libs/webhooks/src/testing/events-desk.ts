import { EventDeliveries } from '../event-deliveries';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { EndpointRows } from '../endpoint-rows';
import { Replays } from '../replays';
import { SafeRequest } from '../safe-request';
import { WebhookDriver } from '../webhook-driver';
import { WebhookEndpoint } from '../webhook-endpoint';
import { WebhookEndpoints } from '../webhook-endpoints';
import { accountEntities, type Actor, Offices } from '@sinkron/accounts';
import { Audit } from '@sinkron/audit';
import type { Config } from '@sinkron/config';
import { type Id, Transactions } from '@sinkron/database';
import { Event, EventPublisher, EventStream, recordEvents } from '@sinkron/events';
import { Delivery, DeliveryItem, Destination, Consent, NoticeContents, Outbox } from '@sinkron/messaging';
import { OfficeDirectory } from '@sinkron/offices';
import { workEntities, WorkTable } from '@sinkron/queue';
import { officerAt, testDatabase, type TestDatabase } from '@sinkron/testing';

const zone = 'Asia/Jakarta';

/** Events and their endpoints, over a schema of its own with a small tree of offices. */
export interface EventsDesk {
  database: TestDatabase;
  transactions: Transactions;
  events: EventDeliveries;
  endpoints: WebhookEndpoints;
  driver: WebhookDriver;
  at(code: string): Promise<Actor>;
  /** So many tickets become overdue at an office; `null`: everywhere. */
  happen(office: string | null, count?: number, type?: 'ticket.overdue' | 'delivery.dead'): Promise<void>;
  close(): Promise<void>;
}

export async function eventsDesk(
  options: { durations?: Partial<Config['durations']> } = {},
): Promise<EventsDesk> {
  const database = await testDatabase({
    ...options,
    environment: { WEBHOOK_NETWORKS: '127.0.0.0/8' },
    entities: [
      ...officeEntities,
      ...auditEntities,
      ...accountEntities,
      ...workEntities,
      Event,
      EventStream,
      WebhookEndpoint,
      Delivery,
      DeliveryItem,
      Destination,
      Consent,
    ],
  });
  const { transactions, sealing, config } = database;
  const directory = new OfficeDirectory(transactions);
  const audit = new Audit(transactions, 'test');
  const outbox = new Outbox(new WorkTable(transactions, config), new NoticeContents(sealing), config);
  const rows = new EndpointRows(sealing);
  const requests = new SafeRequest(config.messaging.webhookNetworks, config.durations.deliveryTimeout);
  await new Offices(transactions, directory, audit).import([
    { code: 'ID', name: 'Pusat', level: 'nation', zone },
    { code: '33', name: 'Jawa Tengah', level: 'province', parent: 'ID', zone },
    { code: '3319', name: 'Kudus', level: 'office', parent: '33', zone },
    { code: '35', name: 'Jawa Timur', level: 'province', parent: 'ID', zone },
    { code: '3509', name: 'Jember', level: 'office', parent: '35', zone },
  ]);
  const officeId = async (code: string): Promise<Id> => (await directory.tree()).findByCode(code)!.id;
  return {
    database,
    transactions,
    events: new EventDeliveries(new EventPublisher(transactions, config), directory, outbox),
    endpoints: new WebhookEndpoints(
      transactions,
      directory,
      requests,
      new Replays(outbox),
      audit,
      rows,
      config,
    ),
    driver: new WebhookDriver(transactions, directory, requests, audit, rows, config),
    async at(code) {
      return officerAt(await directory.tree(), code, 'admin');
    },
    async happen(office, count = 1, type = 'ticket.overdue') {
      const id = office === null ? null : await officeId(office);
      await transactions.run((transaction) =>
        recordEvents(
          transaction,
          ...Array.from({ length: count }, (_, at) => someEvent(type, `7K3M-${at}`, id)),
        ),
      );
    },
    close: () => database.close(),
  };
}

function someEvent(type: 'ticket.overdue' | 'delivery.dead', subject: string, officeId: Id | null) {
  if (type === 'ticket.overdue')
    return { type, subject, officeId, data: { ticket: subject, dueAt: '2026-11-25T08:00:00.000Z' } };
  const data = { delivery: subject, kind: 'step', channel: 'email', reason: 'status_550' };
  return { type, subject, officeId, data };
}
