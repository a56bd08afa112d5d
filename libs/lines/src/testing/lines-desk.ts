import { InboundHandling } from '../inbound/inbound-handling';
import { Inbox } from '../inbound/inbox';
import { lineEntities, LinesModule } from '../lines.module';
import { Test, type TestingModule } from '@nestjs/testing';
import { accountEntities, Officers, Offices, systemActor } from '@sinkron/accounts';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { DatabaseModule, fromBinary, type Id, newId, Transactions } from '@sinkron/database';
import { Escalations, escalationEntities, EscalationModule, Ladder } from '@sinkron/escalation';
import { eventEntities } from '@sinkron/events';
import { MessageSender, messagingEntities } from '@sinkron/messaging';
import { OfficeDirectory, officeEntities } from '@sinkron/offices';
import { type Handler, JobRunner, QueueModule, workEntities } from '@sinkron/queue';
import { testDatabase, type TestDatabase } from '@sinkron/testing';
import { webhookEntities } from '@sinkron/webhooks';
import { pino } from 'pino';

const zone = 'Asia/Jakarta';

/** What comes in, over a real database whose clock the test moves; nobody else works on it. */
export class LinesDesk {
  private constructor(
    readonly app: TestingModule,
    private readonly db: TestDatabase,
  ) {}

  static async start(): Promise<LinesDesk> {
    const entities = [
      ...officeEntities,
      ...auditEntities,
      ...accountEntities,
      ...workEntities,
      ...eventEntities,
      ...messagingEntities,
      ...webhookEntities,
      ...escalationEntities,
      ...lineEntities,
    ];
    const environment = { WHATSAPP_DRIVER: 'log', EMAIL_DRIVER: 'log' };
    const db = await testDatabase({ entities, environment });
    const config = { ...db.config, databasePool: 4 };
    const app = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot(config, entities),
        ConfigModule.forRoot(config, pino({ level: 'silent' })),
        QueueModule,
        EscalationModule,
        LinesModule,
      ],
    }).compile();
    await app.init();
    await app.get(Offices, { strict: false }).import([
      { code: 'id', name: 'Pusat', level: 'nation', zone },
      { code: '33', name: 'Jawa Tengah', level: 'province', parent: 'id', zone },
      { code: '3319', name: 'Kudus', level: 'office', parent: '33', zone },
    ]);
    return new LinesDesk(app, db);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.db.close();
  }

  get inbox(): Inbox {
    return this.app.get(Inbox, { strict: false });
  }

  /** An officer with this number is asked about a new escalation. @returns its id, and the code of the message */
  async ask(phone: string): Promise<{ id: Id; code: string }> {
    const tree = await this.app.get(OfficeDirectory, { strict: false }).tree();
    await this.app.get(Officers, { strict: false }).create(systemActor(tree)!, {
      email: `petugas.${newId().slice(-12)}@demo.sinkron.test`,
      name: 'Melati Lestari',
      role: 'officer',
      office: '3319',
      password: 'long enough to be a password',
      phone,
    });
    const officeId = tree.findByCode('3319')!.id;
    const subject = { ticketId: newId(), code: '7K3M-XQ94-HTRJ', officeId, deadlineAt: null };
    const escalations = this.app.get(Escalations, { strict: false });
    await this.transactions.run((transaction) =>
      escalations.openForTickets(transaction, [{ ...subject, reason: 'officer_flag' }]),
    );
    await this.work('ladder', (claim) => this.app.get(Ladder, { strict: false }).perform(claim));
    await this.work('delivery', (claim) => this.app.get(MessageSender, { strict: false }).perform(claim));
    const [row] = await this.sql<{ id: Buffer; code: string }>(
      `select i.escalation_id as id, d.reply_code as code from delivery d join delivery_item i on i.delivery_id = d.id`,
    );
    return { id: fromBinary(row!.id), code: row!.code };
  }

  /** Handles everything that is stored, as the worker would. */
  async handle(): Promise<void> {
    const handling = this.app.get(InboundHandling, { strict: false });
    await this.work('inbound', (claim) => handling.perform(claim));
  }

  /** Does the work of a kind, whoever holds it. */
  async work(kind: string, handler: Handler): Promise<void> {
    const rows = await this.sql<{ id: Buffer; lease_no: number }>(
      'select id, lease_no from work where kind = ?',
      [kind],
    );
    for (const row of rows) {
      const job = { kind, id: fromBinary(row.id), leaseNo: row.lease_no, correlationId: 'lines-test' };
      await this.app.get(JobRunner, { strict: false }).run(job, handler);
    }
  }

  async clear(): Promise<void> {
    const tables = ['inbound', 'work', 'delivery', 'delivery_item', 'destination', 'escalation', 'officer'];
    for (const table of tables) await this.sql(`delete from ${table}`);
  }

  sql<Row = Record<string, unknown>>(statement: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.transactions.query<Row>(statement, parameters);
  }

  get transactions(): Transactions {
    return this.app.get(Transactions, { strict: false });
  }
}

let serial = 0;

/** A post of WhatsApp in which somebody writes. */
export function written(
  from: string | null,
  text: string,
  { at = new Date(), id = `wamid.${++serial}` }: { at?: Date; id?: string } = {},
): Buffer {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const sender = from === null ? {} : { from: from.slice(1) };
  return posted({ messages: [{ ...sender, id, timestamp, type: 'text', text: { body: text } }] });
}

/** A post of WhatsApp that reports what became of a message of ours. */
export function reported(deliveryId: Id, status: string): Buffer {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return posted({ statuses: [{ id: 'wamid.X', biz_opaque_callback_data: deliveryId, status, timestamp }] });
}

function posted(value: object): Buffer {
  return Buffer.from(JSON.stringify({ entry: [{ changes: [{ field: 'messages', value }] }] }));
}
