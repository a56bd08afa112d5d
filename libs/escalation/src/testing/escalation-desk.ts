import { eventEntities } from '@sinkron/events';
import { webhookEntities } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { Test, type TestingModule } from '@nestjs/testing';
import type { Escalation, EscalationReason } from '../model/escalation';
import { escalationEntities, EscalationModule } from '../escalation.module';
import { Escalations } from '../moves/escalations';
import { Handoffs } from '../handoffs/handoffs';
import { Ladder } from '../ladder/ladder';
import {
  accountEntities,
  Officers,
  Offices,
  type OfficerActor,
  type Role,
  systemActor,
} from '@sinkron/accounts';
import type { Config } from '@sinkron/config';
import { DatabaseModule, fromBinary, newId, toBinary, Transactions } from '@sinkron/database';
import { MessageSender, messagingEntities } from '@sinkron/messaging';
import { OfficeDirectory, type OfficeInput } from '@sinkron/offices';
import { type Claim, JobRunner, QueueModule, Dispatcher, workEntities } from '@sinkron/queue';
import { MovedClock, testDatabase, type TestDatabase, type TestDatabaseOptions } from '@sinkron/testing';
import { pino } from 'pino';
import { DataSource } from 'typeorm';

const zone = 'Asia/Jakarta';
const offices: OfficeInput[] = [
  { code: 'id', name: 'Pusat', level: 'nation', zone },
  { code: '33', name: 'Jawa Tengah', level: 'province', parent: 'id', zone },
  { code: '3319', name: 'Kudus', level: 'office', parent: '33', zone },
];

type Kind = 'ladder' | 'delivery' | 'confirmation';

/** Escalations over a real database, whose clock the test moves; nobody else works on them. */
export class EscalationDesk extends MovedClock {
  private constructor(
    readonly app: TestingModule,
    readonly db: TestDatabase,
    readonly config: Config,
  ) {
    super(new Date(0), app.get(DataSource));
  }

  static async start(options: TestDatabaseOptions = {}): Promise<EscalationDesk> {
    const entities = [
      ...officeEntities,
      ...auditEntities,
      ...accountEntities,
      ...workEntities,
      ...eventEntities,
      ...messagingEntities,
      ...webhookEntities,
      ...escalationEntities,
    ];
    const db = await testDatabase({ ...options, entities });
    const config = { ...db.config, databasePool: 4 };
    const app = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot(config, entities),
        ConfigModule.forRoot(config, pino({ level: 'silent' })),
        QueueModule,
        EscalationModule,
      ],
    }).compile();
    await app.init();
    await app.get(Offices, { strict: false }).import(offices);
    const desk = new EscalationDesk(app, db, config);
    await desk.setClock(new Date('2026-11-23T03:00:00Z'));
    return desk;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.db.close();
  }

  /** Somebody at the office of that code, as they would be signed in. */
  async officer(role: Role, code: string, phone?: string): Promise<OfficerActor> {
    const tree = await this.app.get(OfficeDirectory, { strict: false }).tree();
    const operator = systemActor(tree)!;
    const email = `petugas.${newId().slice(-12)}@demo.sinkron.test`;
    const made = await this.app.get(Officers, { strict: false }).create(operator, {
      email,
      name: 'Melati Lestari',
      role,
      office: code,
      password: 'long enough to be a password',
      ...(phone && { phone }),
    });
    const office = tree.findByCode(code)!;
    return {
      kind: 'officer',
      officerId: made.id,
      sessionId: newId(),
      role,
      office,
      scope: tree.scopeAt(office.id),
    };
  }

  /** Escalates a ticket of the office. @returns the escalation's id */
  async escalate(
    code = '3319',
    {
      reason = 'officer_flag',
      deadlineAt = null,
      ticketId = newId(),
    }: { reason?: EscalationReason; deadlineAt?: Date | null; ticketId?: string } = {},
  ): Promise<string> {
    const officeId = (await this.app.get(OfficeDirectory, { strict: false }).tree()).findByCode(code)!.id;
    const escalations = this.app.get(Escalations);
    const subject = { ticketId, code: '7K3M-XQ94-HTRJ', officeId, deadlineAt, reason };
    await this.transactions.run((transaction) => escalations.openForTickets(transaction, [subject]));
    const [row] = await this.sql<{ id: Buffer }>('select id from escalation where ticket_id = ?', [
      toBinary(ticketId),
    ]);
    return fromBinary(row!.id);
  }

  async escalation(id: string): Promise<Escalation> {
    const everything = (await this.app.get(OfficeDirectory, { strict: false }).tree()).scopeOf('id');
    return this.app.get(Escalations).find(everything, id);
  }

  /** The story of an escalation, as kinds with their data. */
  async story(id: string): Promise<string[]> {
    const entries = await this.app.get(Escalations).storyOf(await this.escalation(id));
    return entries.map(({ kind }) => kind);
  }

  /** Does everything of a kind that is due, as the worker would: by dispatch, claims and handlers. */
  async work(kind: Kind): Promise<void> {
    const handlers: Record<Kind, (claim: Claim) => Promise<void>> = {
      ladder: (claim) => this.app.get(Ladder).perform(claim),
      delivery: (claim) => this.app.get(MessageSender, { strict: false }).perform(claim),
      confirmation: (claim) => this.app.get(Handoffs).confirmationLate(claim),
    };
    await this.sql('update work set leased_until = null');
    await this.app.get(Dispatcher, { strict: false }).dispatch();
    const rows = await this.sql<{ id: Buffer; lease_no: number }>(
      'select id, lease_no from work where kind = ? and leased_until is not null',
      [kind],
    );
    for (const row of rows) {
      const job = { kind, id: fromBinary(row.id), leaseNo: row.lease_no, correlationId: 'escalation-test' };
      await this.app.get(JobRunner, { strict: false }).run(job, handlers[kind]);
    }
  }

  async sql<Row = Record<string, unknown>>(statement: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.transactions.query<Row>(statement, parameters);
  }

  /** The application's own, whose clock is moved. */
  get transactions(): Transactions {
    return this.app.get(Transactions, { strict: false });
  }
}
