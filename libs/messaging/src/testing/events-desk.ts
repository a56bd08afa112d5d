import { type Actor, Audit, OfficeDirectory, Offices, accessEntities } from '@sinkron/access';
import type { Config } from '@sinkron/config';
import { type Id, Transactions } from '@sinkron/database';
import { WorkTable, workEntities } from '@sinkron/queue';
import { type TestDatabase, testDatabase } from '@sinkron/testing';
import { Delivery, DeliveryItem, Destination } from '../deliveries/delivery';
import { NoticeConsent } from '../deliveries/notice-consent';
import { Event, EventStream } from '../events/event';
import { recordEvents } from '../events/event-log';
import { EventPublisher } from '../events/event-publisher';
import { Replays } from '../webhooks/replays';
import { SafeRequest } from '../webhooks/safe-request';
import { WebhookDriver } from '../webhooks/webhook-driver';
import { WebhookEndpoint } from '../webhooks/webhook-endpoint';
import { WebhookEndpoints } from '../webhooks/webhook-endpoints';

const zone = 'Asia/Jakarta';

/** What happens, and whom it is told, over a schema of its own with a small tree of offices. */
export interface EventsDesk {
  database: TestDatabase;
  transactions: Transactions;
  publisher: EventPublisher;
  endpoints: WebhookEndpoints;
  driver: WebhookDriver;
  at(code: string): Promise<Actor>;
  /** So many cases become overdue at an office; `null`: everywhere. */
  happen(office: string | null, count?: number, type?: 'ticket.overdue' | 'delivery.dead'): Promise<void>;
  close(): Promise<void>;
}

export async function eventsDesk(
  options: { poolSize?: number; durations?: Partial<Config['durations']> } = {},
): Promise<EventsDesk> {
  const database = await testDatabase({
    ...options,
    environment: { WEBHOOK_NETWORKS: '127.0.0.0/8' },
    entities: [
      ...accessEntities,
      ...workEntities,
      Event,
      EventStream,
      WebhookEndpoint,
      Delivery,
      DeliveryItem,
      Destination,
      NoticeConsent,
    ],
  });
  const { transactions, sealing, config } = database;
  const directory = new OfficeDirectory(transactions);
  const audit = new Audit(transactions, 'test');
  const work = new WorkTable(transactions, config);
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
    publisher: new EventPublisher(transactions, directory, work, config),
    endpoints: new WebhookEndpoints(
      transactions,
      directory,
      requests,
      new Replays(work),
      audit,
      config,
      sealing,
    ),
    driver: new WebhookDriver(transactions, directory, requests, audit, config, sealing),
    async at(code) {
      const tree = await directory.tree();
      const office = tree.findByCode(code)!;
      return { officerId: null, role: 'admin', office, scope: tree.scopeAt(office.id) };
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
