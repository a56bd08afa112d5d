import { Test, type TestingModule } from '@nestjs/testing';
import { ClosureWalk } from '../closure-walk';
import { ClosuresModule } from '../closures.module';
import { OfficeClosures, type OfficeState } from '../office-closures';
import {
  accountEntities,
  type Actor,
  type OfficerActor,
  Officers,
  Offices,
  type Role,
  systemActor,
} from '@sinkron/accounts';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { DatabaseModule, fromBinary, type Id, newId, toBinary, Transactions } from '@sinkron/database';
import { escalationEntities, Ladder } from '@sinkron/escalation';
import { eventEntities } from '@sinkron/events';
import { syntheticPeople, type SyntheticPerson } from '@sinkron/identity';
import { lagEntities } from '@sinkron/lag';
import { messagingEntities } from '@sinkron/messaging';
import { OfficeDirectory, officeEntities, type OfficeInput, type OfficeTree } from '@sinkron/offices';
import { type Claim, JobRunner, QueueModule, workEntities, WorkTable } from '@sinkron/queue';
import { officerAt, testDatabase } from '@sinkron/testing';
import { complaintSchema, Intake, type IntakeAnswer, ticketEntities } from '@sinkron/tickets';
import { webhookEntities } from '@sinkron/webhooks';
import { pino } from 'pino';

const zone = 'Asia/Jakarta';
const office = (code: string, parent: string): OfficeInput => ({
  code,
  name: `Kantor ${code}`,
  level: 'office',
  parent,
  zone,
});
const offices: OfficeInput[] = [
  { code: 'id', name: 'Pusat', level: 'nation', zone },
  ...['32', '33', '35'].map((code): OfficeInput => ({
    code,
    name: `Provinsi ${code}`,
    level: 'province',
    parent: 'id',
    zone,
  })),
  ...['3201', '3202'].map((code) => office(code, '32')),
  ...['3317', '3318', '3319', '3320', '3321', '3322'].map((code) => office(code, '33')),
];

/** Offices with all that may belong to them, over a real database with several connections; no worker. */
export class ClosureDesk {
  private readonly people: Iterator<SyntheticPerson> = syntheticPeople(20261219)[Symbol.iterator]();

  private constructor(
    readonly app: TestingModule,
    readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<ClosureDesk> {
    const entities = [
      ...officeEntities,
      ...auditEntities,
      ...accountEntities,
      ...workEntities,
      ...eventEntities,
      ...messagingEntities,
      ...webhookEntities,
      ...escalationEntities,
      ...lagEntities,
      ...ticketEntities,
    ];
    const db = await testDatabase({ entities, poolSize: 1, environment: { EMAIL_DRIVER: 'log' } });
    const config = { ...db.config, databasePool: 4, redisUrl: 'redis://127.0.0.1:1' };
    const app = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot(config, entities),
        ConfigModule.forRoot(config, pino({ level: 'silent' })),
        QueueModule,
        ClosuresModule,
      ],
    }).compile();
    await app.init();
    await app.get(Offices, { strict: false }).import(offices);
    return new ClosureDesk(app, async () => {
      await app.close();
      await db.close();
    });
  }

  get<T>(service: abstract new (...args: never[]) => T): T {
    return this.app.get(service, { strict: false });
  }

  tree(): Promise<OfficeTree> {
    return this.get(OfficeDirectory).tree();
  }

  async idOf(code: string): Promise<Id> {
    return (await this.tree()).findByCode(code)!.id;
  }

  async operator(): Promise<Actor> {
    return systemActor(await this.tree())!;
  }

  /** Somebody who is signed in there and stored nowhere. */
  async at(code: string, role: Role = 'officer'): Promise<OfficerActor> {
    return officerAt(await this.tree(), code, role);
  }

  /** Somebody who is stored, and signed in. */
  async officer(code: string, role: Role = 'officer'): Promise<OfficerActor> {
    const { id } = await this.get(Officers).create(await this.operator(), {
      email: `petugas.${newId().slice(-12)}@demo.sinkron.test`,
      name: 'Melati Lestari',
      role,
      office: code,
      password: 'long enough to be a password',
    });
    return { ...(await this.at(code, role)), officerId: id };
  }

  somebody(): SyntheticPerson {
    return this.people.next().value as SyntheticPerson;
  }

  submit(by: OfficerActor, person = this.somebody()): Promise<IntakeAnswer> {
    const { nik, noKk: kk, name, birthDate, sex } = person;
    const complaint = complaintSchema.parse({
      service: 'nik_kk_sync',
      cause: 'kk_changed_not_synced',
      channel: 'counter',
      applicant: { nik, kk, name, birthDate, sex },
    });
    return this.get(Intake).take(by, complaint, null);
  }

  async begin(code: string, successor: string): Promise<OfficeState> {
    const admin = await this.at('id', 'admin');
    return this.get(OfficeClosures).close(admin, code, { successor, note: 'Digabung.' });
  }

  async state(code: string): Promise<OfficeState> {
    return this.get(OfficeClosures).find(await this.at('id', 'admin'), code);
  }

  /** Does what the worker does with the closure of this office, whether it is due or not. */
  async work(code: string): Promise<void> {
    const job = await this.job(code);
    if (job) await this.get(JobRunner).run(job, (claim) => this.get(ClosureWalk).perform(claim));
  }

  /** Takes the closure's row, as a worker does; whoever had it before holds an outdated number. */
  async claim(code: string): Promise<Claim> {
    return (await this.get(WorkTable).claim((await this.job(code))!))!;
  }

  /** Takes the next step of the ladder of a ticket's escalation. @returns the officers whom it asked */
  async askedFor(ticketId: Id): Promise<Id[]> {
    const [row] = await this.sql<{ id: Buffer; lease_no: number; escalation: Buffer }>(
      `select w.id, w.lease_no, e.id as escalation from work w join escalation e on e.id = w.subject_id
       where w.kind = 'ladder' and e.ticket_id = ?`,
      [toBinary(ticketId)],
    );
    const job = { kind: 'ladder', id: fromBinary(row!.id), leaseNo: row!.lease_no, correlationId: 'closure' };
    await this.get(JobRunner).run(job, (claim) => this.get(Ladder).perform(claim));
    const steps = await this.sql<{ data: string }>(
      `select data from escalation_entry where escalation_id = ? and kind = 'step'`,
      [row!.escalation],
    );
    return steps.flatMap(({ data }) =>
      (JSON.parse(data) as { asked: { officer: Id }[] }).asked.map(({ officer }) => officer),
    );
  }

  private async job(code: string) {
    const [row] = await this.sql<{ id: Buffer; lease_no: number }>(
      `select id, lease_no from work where kind = 'closure' and subject_id = ?`,
      [toBinary(await this.idOf(code))],
    );
    return (
      row && { kind: 'closure', id: fromBinary(row.id), leaseNo: row.lease_no, correlationId: 'closure' }
    );
  }

  sql<Row = Record<string, unknown>>(statement: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.get(Transactions).query<Row>(statement, parameters);
  }

  /** Codes of the offices at which rows of a table are, in the order of their ids. */
  async places(table: string, ids?: readonly Id[]): Promise<string[]> {
    const some = ids ? 'where t.id in (?)' : '';
    const rows = await this.sql<{ code: string }>(
      `select o.code from ${table} t join office o on o.id = t.office_id ${some} order by t.id`,
      ids ? [ids.map(toBinary)] : [],
    );
    return rows.map(({ code }) => code);
  }
}
