import type { WorkKindName } from './work-kind-name';
import { WebhookSender } from '@sinkron/webhooks';
import { eventEntities } from '@sinkron/events';
import { webhookEntities, WebhooksModule } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { Test, type TestingModule } from '@nestjs/testing';
import { DeadlineChecks } from '../deadline-checks';
import { resyncEntities } from '../evidence';
import { Pushes } from '../push/pushes';
import { ResyncModule } from '../resync.module';
import { ContestReadings } from '../verification/contest-readings';
import { Verifications } from '../verification/verifications';
import { accountEntities, type OfficerActor } from '@sinkron/accounts';
import { DatabaseModule, newId, toBinary } from '@sinkron/database';
import { escalationEntities, Handoffs, Ladder } from '@sinkron/escalation';
import { syntheticKk, syntheticPeople, type SyntheticPerson } from '@sinkron/identity';
import { lagEntities } from '@sinkron/lag';
import { MessageSender, messagingEntities } from '@sinkron/messaging';
import { OfficeDirectory, Scope } from '@sinkron/offices';
import { type Claim, JobRunner, QueueModule, Dispatcher, workEntities } from '@sinkron/queue';
import {
  type RegistryMock,
  startRegistryMock,
  testDatabase,
  type TestDatabaseOptions,
} from '@sinkron/testing';
import { type Complaint, complaintSchema, Intake, ticketEntities } from '@sinkron/tickets';
import { pino } from 'pino';
import { DataSource } from 'typeorm';

/** The resync over a real database with one connection, whose clock the test moves, and the stand-in centre. */
export class ResyncDesk {
  private readonly people: Iterator<SyntheticPerson>;
  clock = new Date(0);

  private constructor(
    readonly app: TestingModule,
    readonly mock: RegistryMock,
    readonly officer: OfficerActor,
    private readonly closing: () => Promise<void>,
    seed: number,
  ) {
    this.people = syntheticPeople(seed)[Symbol.iterator]();
  }

  /** @param seed of the people who complain */
  static async start(seed: number, options: TestDatabaseOptions = {}): Promise<ResyncDesk> {
    const entities = [
      ...officeEntities,
      ...auditEntities,
      ...accountEntities,
      ...workEntities,
      ...eventEntities,
      ...messagingEntities,
      ...webhookEntities,
      ...ticketEntities,
      ...lagEntities,
      ...resyncEntities,
      ...escalationEntities,
    ];
    const db = await testDatabase({ ...options, entities, poolSize: 1 });
    const mock = await startRegistryMock(db.config.databaseUrl);
    const config = {
      ...db.config,
      databasePool: 1,
      redisUrl: 'redis://127.0.0.1:1',
      registry: { ...db.config.registry, url: mock.url },
      durations: { ...db.config.durations, registryTimeout: 1_500 },
    };
    const app = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot(config, entities),
        ConfigModule.forRoot(config, pino({ level: 'silent' })),
        QueueModule,
        ResyncModule,
        WebhooksModule,
      ],
    }).compile();
    await app.init();
    const officer = await officerOf(app);
    const close = async () => {
      await app.close();
      await mock.stop();
      const name = new URL(db.config.databaseUrl).pathname.slice(1);
      await db.dataSource.query(`drop database if exists \`${name}_centre\``);
      await db.close();
    };
    return new ResyncDesk(app, mock, officer, close, seed);
  }

  close(): Promise<void> {
    return this.closing();
  }

  /** An empty desk and a centre that takes everything at once. */
  async clear(): Promise<void> {
    await this.mock.admin('POST', '/admin/reset');
    await this.mock.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
    await this.mock.admin('PUT', '/admin/take-rate', { share: 1 });
    for (const table of ['work', 'gate', 'ticket', 'person', 'escalation'])
      await this.sql(`delete from ${table}`);
    await this.setClock(new Date('2026-11-22T02:00:00Z'));
  }

  /** A resident whom the centre still knows under another family card. */
  async residentWithOldKk(): Promise<SyntheticPerson> {
    const person = this.people.next().value as SyntheticPerson;
    const noKk = syntheticKk({ regency: '3319', recordedOn: '2015-03-02', serial: 77 });
    await this.resident({ ...person, noKk });
    return person;
  }

  /** What the centre holds of a person from now on. */
  async resident(person: SyntheticPerson): Promise<void> {
    await this.mock.admin('POST', '/admin/residents', { residents: [{ ...person, state: 'active' }] });
  }

  async complain(person: SyntheticPerson, more: object = {}): Promise<{ code: string; id: string }> {
    const { nik, noKk: kk, name, birthDate, sex } = person;
    const body = {
      service: 'nik_kk_sync',
      cause: 'kk_changed_not_synced',
      channel: 'counter',
      applicant: { nik, kk, name, birthDate, sex },
      ...more,
    };
    const complaint: Complaint = complaintSchema.parse(body);
    const { code } = await this.app.get(Intake).take(this.officer, complaint, null);
    const [row] = await this.sql(`select hex(id) as id from ticket where code = ?`, [code]);
    return { code, id: idOf(row?.id) };
  }

  /** A case that the centre has put in step. */
  async resolved(): Promise<{ code: string; id: string; person: SyntheticPerson }> {
    const person = await this.residentWithOldKk();
    const made = await this.complain(person);
    await this.work('push');
    await this.forward(5 * 60_000);
    await this.work('verify');
    return { ...made, person };
  }

  /** Does everything of a kind that is due, as the worker would: by offers, claims and handlers. */
  async work(kind: WorkKindName): Promise<void> {
    const { app } = this;
    const handlers: Record<WorkKindName, (claim: Claim) => Promise<void>> = {
      push: (claim) => app.get(Pushes).perform(claim),
      verify: (claim) => app.get(Verifications).perform(claim),
      contest: (claim) => app.get(ContestReadings).perform(claim),
      deadline: (claim) => app.get(DeadlineChecks).perform(claim),
      confirmation: (claim) => app.get(Handoffs).confirmationLate(claim),
      ladder: (claim) => app.get(Ladder).perform(claim),
      delivery: (claim) => app.get(MessageSender).perform(claim),
      webhook: (claim) => app.get(WebhookSender).perform(claim),
    };
    await this.sql('update work set leased_until = null');
    await app.get(Dispatcher).dispatch();
    const rows = await this.sql(
      'select hex(id) as id, lease_no from work where kind = ? and leased_until is not null',
      [kind],
    );
    for (const row of rows) {
      const ring = { kind, id: idOf(row.id), leaseNo: Number(row.lease_no), correlationId: 'resync-test' };
      await app.get(JobRunner).run(ring, handlers[kind]);
    }
  }

  async ticket(id: string): Promise<Record<string, unknown>> {
    const [row] = await this.sql('select * from ticket where id = ?', [toBinary(id)]);
    return row ?? {};
  }

  /** Kinds and data of what happened to a case, oldest first. */
  async history(id: string): Promise<{ kind: string; data: Record<string, unknown> | null }[]> {
    const rows = await this.sql('select kind, data from history where ticket_id = ? order by seq', [
      toBinary(id),
    ]);
    return rows.map(({ kind, data }) => ({
      kind: String(kind),
      data: data === null ? null : (JSON.parse(data as string) as Record<string, unknown>),
    }));
  }

  sql(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.app.get(DataSource).query(statement, parameters);
  }

  async setClock(instant: Date): Promise<void> {
    this.clock = instant;
    await this.sql(`set session timestamp = ${instant.getTime() / 1000}`);
  }

  forward(milliseconds: number): Promise<void> {
    return this.setClock(new Date(this.clock.getTime() + milliseconds));
  }
}

function idOf(hex: unknown): string {
  return String(hex)
    .toLowerCase()
    .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

async function officerOf(app: TestingModule): Promise<OfficerActor> {
  const id = newId();
  await app.get(DataSource).query(
    `insert into office (id, code, name, level, parent_id, zone, created_at)
     values (?, '3319', 'Disdukcapil Kudus', 'office', null, 'Asia/Jakarta', utc_timestamp(3))`,
    [toBinary(id)],
  );
  const office = (await app.get(OfficeDirectory).tree()).find(id);
  if (!office) throw new Error('The office was not stored');
  return {
    kind: 'officer',
    officerId: newId(),
    sessionId: newId(),
    role: 'officer',
    office,
    scope: new Scope([id], false),
  };
}
