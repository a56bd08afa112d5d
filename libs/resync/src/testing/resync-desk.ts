import type { WorkKindName } from './work-kind-name';
import { WebhookSender } from '@sinkron/webhooks';
import { eventEntities } from '@sinkron/events';
import { webhookEntities, WebhooksModule } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { type Config, ConfigModule } from '@sinkron/config';
import { Test, type TestingModule } from '@nestjs/testing';
import { DeadlineChecks } from '../deadline-checks';
import { resyncEntities } from '../evidence';
import { Pushes } from '../push/pushes';
import { ResyncModule } from '../resync.module';
import { ContestReadings } from '../verification/contest-readings';
import { Verifications } from '../verification/verifications';
import { accountEntities, type OfficerActor } from '@sinkron/accounts';
import { DatabaseModule, fromBinary, type Id, newId, toBinary } from '@sinkron/database';
import { escalationEntities, Handoffs, Ladder } from '@sinkron/escalation';
import { syntheticKk, syntheticPeople, type SyntheticPerson } from '@sinkron/identity';
import { lagEntities, LagEstimates } from '@sinkron/lag';
import { MessageSender, messagingEntities } from '@sinkron/messaging';
import { OfficeDirectory, Scope } from '@sinkron/offices';
import { type Claim, JobRunner, QueueModule, Dispatcher, workEntities } from '@sinkron/queue';
import {
  MovedClock,
  type RegistryMock,
  startRegistryMock,
  testDatabase,
  type TestDatabaseOptions,
} from '@sinkron/testing';
import { type Complaint, complaintSchema, Intake, ticketEntities } from '@sinkron/tickets';
import { pino } from 'pino';
import { DataSource } from 'typeorm';

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

export interface ResyncDeskOptions extends TestDatabaseOptions {
  /** Without the stand-in centre the desk starts sooner; what would ask it fails. */
  centre?: boolean;
  registry?: Partial<Config['registry']>;
  /** Offices under provinces under the nation, by code; the officer's is the first. Without them there is one office. */
  offices?: readonly string[];
  /** How many workers share the database. */
  workers?: number;
  /** The test run's Redis; without it no job is ever added, and each process keeps to its own part of the rate. */
  redis?: boolean;
}

/** The resync over a real database, whose clock the test moves for the first worker, and the stand-in centre. */
export class ResyncDesk extends MovedClock {
  private readonly people: Iterator<SyntheticPerson>;

  private constructor(
    readonly workers: readonly TestingModule[],
    private readonly centre: RegistryMock | null,
    readonly officer: OfficerActor,
    private readonly dropSchemas: () => Promise<void>,
    seed: number,
  ) {
    super(startOfTests, (workers[0] as TestingModule).get(DataSource));
    this.people = syntheticPeople(seed)[Symbol.iterator]();
  }

  /** @param seed of the people who complain */
  static async start(seed: number, options: ResyncDeskOptions = {}): Promise<ResyncDesk> {
    const { centre = true, redis = false, poolSize = 4, workers: count = 1 } = options;
    const db = await testDatabase({ ...options, entities });
    const mock = centre ? await startRegistryMock(db.config.databaseUrl) : null;
    const config = {
      ...db.config,
      databasePool: poolSize,
      redisUrl: redis ? db.config.redisUrl : 'redis://127.0.0.1:1',
      registry: { ...db.config.registry, ...(mock ? { url: mock.url } : {}), ...options.registry },
      durations: { ...db.config.durations, registryTimeout: 1_000, ...options.durations },
    };
    const workers: TestingModule[] = [];
    for (let worker = 0; worker < count; worker++) workers.push(await startWorker(config));
    const officer = await officerOf(workers[0] as TestingModule, options.offices);
    const dropSchemas = async () => {
      const name = new URL(db.config.databaseUrl).pathname.slice(1);
      await db.dataSource.query(`drop database if exists \`${name}_centre\``);
      await db.close();
    };
    return new ResyncDesk(workers, mock, officer, dropSchemas, seed);
  }

  /** The first worker; everything that the test does itself goes over its connections. */
  get app(): TestingModule {
    return this.workers[0] as TestingModule;
  }

  get mock(): RegistryMock {
    if (!this.centre) throw new Error('This desk was started without the stand-in centre');
    return this.centre;
  }

  async close(): Promise<void> {
    await Promise.all([...this.workers.map((worker) => worker.close()), this.centre?.stop()]);
    await this.dropSchemas();
  }

  /** An empty desk and a centre that takes everything at once. */
  async clear(): Promise<void> {
    if (this.centre) {
      await this.centre.admin('POST', '/admin/reset');
      await this.centre.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
      await this.centre.admin('PUT', '/admin/take-rate', { share: 1 });
    }
    for (const table of ['work', 'gate', 'ticket', 'person', 'escalation', 'push', 'lag_estimate'])
      await this.sql(`delete from ${table}`);
    this.app.get(LagEstimates).forget();
    await this.setClock(startOfTests);
  }

  /** Somebody of whom the centre knows nothing yet. */
  person(): SyntheticPerson {
    return this.people.next().value as SyntheticPerson;
  }

  /** A resident whom the centre still knows under another family card. */
  async residentWithOldKk(): Promise<SyntheticPerson> {
    const person = this.person();
    const noKk = syntheticKk({ regency: '3319', recordedOn: '2015-03-02', serial: 77 });
    await this.resident({ ...person, noKk });
    return person;
  }

  /** What the centre holds of a person from now on. */
  async resident(person: SyntheticPerson, state = 'active'): Promise<void> {
    await this.mock.admin('POST', '/admin/residents', { residents: [{ ...person, state }] });
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
    const [row] = await this.sql(`select id from ticket where code = ?`, [code]);
    return { code, id: fromBinary(row?.id as Buffer) };
  }

  /** A ticket that the centre has put in step. */
  async resolved(): Promise<{ code: string; id: string; person: SyntheticPerson }> {
    const person = await this.residentWithOldKk();
    const made = await this.complain(person);
    await this.work('push');
    await this.forward(5 * 60_000);
    await this.work('verify');
    return { ...made, person };
  }

  /** Does everything of a kind that is due, as the worker would: dispatches, claims and handles it. */
  async work(kind: WorkKindName): Promise<void> {
    await this.sql('update work set leased_until = null');
    await this.app.get(Dispatcher).dispatch();
    const rows = await this.sql('select id, lease_no from work where kind = ? and leased_until is not null', [
      kind,
    ]);
    for (const row of rows) await this.run(kind, row);
  }

  /** Runs the job of a dispatched row. */
  async run(kind: WorkKindName, row: Record<string, unknown>, worker = this.app): Promise<void> {
    const job = {
      kind,
      id: fromBinary(row.id as Buffer),
      leaseNo: Number(row.lease_no),
      correlationId: 'resync-test',
    };
    await worker.get(JobRunner).run(job, handlersOf(worker)[kind]);
  }

  /** What the centre was sent and took. */
  async ledger(): Promise<{ nik: string; noKk: string; receivedAt: string }[]> {
    const page = (await this.mock.admin('GET', '/admin/ledger?limit=1000')) as {
      items: { nik: string; noKk: string; receivedAt: string }[];
    };
    return page.items;
  }

  async ticket(id: string): Promise<Record<string, unknown>> {
    const [row] = await this.sql('select * from ticket where id = ?', [toBinary(id)]);
    return row ?? {};
  }

  /** Kinds and data of what happened to a ticket, oldest first. */
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
}

const startOfTests = new Date('2026-11-22T02:00:00Z');

async function startWorker(config: Config): Promise<TestingModule> {
  const worker = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot(config, entities),
      ConfigModule.forRoot(config, pino({ level: 'silent' })),
      QueueModule,
      ResyncModule,
      WebhooksModule,
    ],
  }).compile();
  return worker.init();
}

function handlersOf(worker: TestingModule): Record<WorkKindName, (claim: Claim) => Promise<void>> {
  return {
    push: (claim) => worker.get(Pushes).perform(claim),
    verify: (claim) => worker.get(Verifications).perform(claim),
    contest: (claim) => worker.get(ContestReadings).perform(claim),
    deadline: (claim) => worker.get(DeadlineChecks).perform(claim),
    confirmation: (claim) => worker.get(Handoffs).confirmationLate(claim),
    ladder: (claim) => worker.get(Ladder).perform(claim),
    delivery: (claim) => worker.get(MessageSender).perform(claim),
    webhook: (claim) => worker.get(WebhookSender).perform(claim),
  };
}

/** Stores the offices. @returns an officer of the first */
async function officerOf(worker: TestingModule, codes: readonly string[] = []): Promise<OfficerActor> {
  const ids = new Map<string, Id>();
  const store = async (code: string, level: string, parent?: string) => {
    if (ids.has(code)) return;
    const id = newId();
    ids.set(code, id);
    await worker.get(DataSource).query(
      `insert into office (id, code, name, level, parent_id, zone, created_at)
       values (?, ?, ?, ?, ?, 'Asia/Jakarta', utc_timestamp(3))`,
      [toBinary(id), code, `Disdukcapil ${code}`, level, parent ? toBinary(ids.get(parent) ?? '') : null],
    );
  };
  for (const code of codes) {
    await store('id', 'nation');
    await store(code.slice(0, 2), 'province', 'id');
    await store(code, 'office', code.slice(0, 2));
  }
  if (codes.length === 0) await store('3319', 'office');
  const id = ids.get(codes[0] ?? '3319') ?? '';
  const office = (await worker.get(OfficeDirectory).tree()).find(id);
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
