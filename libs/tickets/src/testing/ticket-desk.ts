import { Test, type TestingModule } from '@nestjs/testing';
import { type Complaint, complaintSchema } from '../intake/complaint';
import { Intake } from '../intake/intake';
import type { IntakeAnswer } from '../intake/submission';
import { TicketEndings } from '../moves/ticket-endings';
import { TicketWriter } from '../moves/ticket-writer';
import { ticketEntities, TicketsModule } from '../tickets.module';
import { accountEntities, type Actor, type OfficerActor } from '@sinkron/accounts';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { DatabaseModule, fromBinary, type Id, newId, toBinary } from '@sinkron/database';
import { escalationEntities } from '@sinkron/escalation';
import { eventEntities } from '@sinkron/events';
import { syntheticPeople, type SyntheticPerson } from '@sinkron/identity';
import { lagEntities } from '@sinkron/lag';
import { messagingEntities } from '@sinkron/messaging';
import { OfficeDirectory, officeEntities, Scope } from '@sinkron/offices';
import { QueueModule, workEntities } from '@sinkron/queue';
import { MovedClock, testDatabase, type TestDatabaseOptions } from '@sinkron/testing';
import { pino } from 'pino';
import { DataSource } from 'typeorm';

export interface MadeTicket {
  id: Id;
  code: string;
  person: SyntheticPerson;
}

/** Tickets over a real database, whose clock the test moves; no worker, and no centre. */
export class TicketDesk extends MovedClock {
  private readonly people: Iterator<SyntheticPerson>;

  private constructor(
    readonly app: TestingModule,
    readonly officer: OfficerActor,
    private readonly closing: () => Promise<void>,
    seed: number,
  ) {
    super(new Date(0), app.get(DataSource));
    this.people = syntheticPeople(seed)[Symbol.iterator]();
  }

  /** @param seed of the people who complain */
  static async start(seed: number, options: TestDatabaseOptions = {}): Promise<TicketDesk> {
    const entities = [
      ...officeEntities,
      ...auditEntities,
      ...accountEntities,
      ...workEntities,
      ...eventEntities,
      ...messagingEntities,
      ...escalationEntities,
      ...lagEntities,
      ...ticketEntities,
    ];
    const db = await testDatabase({ ...options, entities });
    const config = { ...db.config, databasePool: 4, redisUrl: 'redis://127.0.0.1:1' };
    const app = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot(config, entities),
        ConfigModule.forRoot(config, pino({ level: 'silent' })),
        QueueModule,
        TicketsModule,
      ],
    }).compile();
    await app.init();
    const officer = await officerAt(app, '3319', 'Disdukcapil Kudus');
    const close = async () => {
      await app.close();
      await db.close();
    };
    return new TicketDesk(app, officer, close, seed);
  }

  close(): Promise<void> {
    return this.closing();
  }

  async clear(): Promise<void> {
    const tables = [
      'work',
      'ticket',
      'history',
      'statement',
      'person',
      'participant',
      'ticket_link',
      'purpose',
      'escalation',
    ];
    for (const table of [...tables, 'delivery', 'consent']) await this.sql(`delete from ${table}`);
    await this.setClock(new Date('2026-11-22T02:00:00Z'));
  }

  /** Somebody of an office of their own. */
  officerAt(code: string, name: string): Promise<OfficerActor> {
    return officerAt(this.app, code, name);
  }

  /** An administrator whose scope is everything. */
  get nationalAdmin(): OfficerActor {
    return { ...this.officer, role: 'admin', scope: new Scope([this.officer.office.id], true) };
  }

  somebody(): SyntheticPerson {
    return this.people.next().value as SyntheticPerson;
  }

  /** A complaint of this person, as the desk or somebody else submits it. */
  submit(person: SyntheticPerson, more: object = {}, by: Actor = this.officer): Promise<IntakeAnswer> {
    return this.app.get(Intake).take(by, this.complaint(person, more), null);
  }

  complaint(person: SyntheticPerson, more: object = {}): Complaint {
    const { nik, noKk: kk, name, birthDate, sex } = person;
    return complaintSchema.parse({
      service: 'nik_kk_sync',
      cause: 'kk_changed_not_synced',
      channel: 'counter',
      applicant: { nik, kk, name, birthDate, sex },
      ...more,
    });
  }

  async newTicket(more: object = {}, person = this.somebody()): Promise<MadeTicket> {
    const { code } = await this.submit(person, more);
    const [row] = await this.sql('select id from ticket where code = ?', [code]);
    return { code, person, id: fromBinary(row!.id as Buffer) };
  }

  /** Ends a ticket as the resync does when a reading proves it. */
  async resolve(id: Id): Promise<void> {
    const writer = this.app.get(TicketWriter);
    await writer.change(id, async (ticket, transaction) => {
      const ending = { move: 'resolve', outcome: 'synchronised', proofId: newId() } as const;
      await this.app.get(TicketEndings).end(transaction, ticket, ending);
      await writer.save(transaction, ticket, [{ kind: 'resolved' }]);
    });
  }

  async ticket(id: Id): Promise<Record<string, unknown>> {
    const [row] = await this.sql('select * from ticket where id = ?', [toBinary(id)]);
    return row ?? {};
  }

  /** Kinds and data of what happened to a ticket, oldest first. */
  async history(id: Id): Promise<{ kind: string; data: Record<string, unknown> | null }[]> {
    const rows = await this.sql('select kind, data from history where ticket_id = ? order by seq', [
      toBinary(id),
    ]);
    return rows.map(({ kind, data }) => ({
      kind: String(kind),
      data: data === null ? null : (JSON.parse(data as string) as Record<string, unknown>),
    }));
  }

  /** Why tickets were put before a person. */
  async alarms(): Promise<unknown[]> {
    return (await this.sql('select reason from escalation order by id')).map(({ reason }) => reason);
  }

  sql(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.app.get(DataSource).query(statement, parameters);
  }

  inHours(hours: number): Date {
    return new Date(this.clock.getTime() + hours * 3_600_000);
  }
}

async function officerAt(app: TestingModule, code: string, name: string): Promise<OfficerActor> {
  const id = newId();
  await app.get(DataSource).query(
    `insert into office (id, code, name, level, parent_id, zone, created_at)
     values (?, ?, ?, 'office', null, 'Asia/Jakarta', utc_timestamp(3))`,
    [toBinary(id), code, name],
  );
  // As whoever changes the tree does, so that nobody goes on with an older one.
  await app
    .get(DataSource)
    .query(
      'insert into office_tree (id, version) values (1, 1) on duplicate key update version = version + 1',
    );
  const directory = app.get(OfficeDirectory);
  directory.forget();
  const office = (await directory.tree()).find(id);
  if (!office) throw new Error('The office was not stored');
  const scope = new Scope([id], false);
  return { kind: 'officer', officerId: newId(), sessionId: newId(), role: 'officer', office, scope };
}
