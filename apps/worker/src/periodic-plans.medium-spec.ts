import { Test, type TestingModule } from '@nestjs/testing';
import { Heartbeat } from './heartbeat';
import { PeriodicTasks } from './periodic-tasks';
import { accountEntities } from '@sinkron/accounts';
import { auditEntities, AuditModule } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { DatabaseModule, type Transaction, Transactions } from '@sinkron/database';
import { escalationEntities, EscalationModule } from '@sinkron/escalation';
import { eventEntities } from '@sinkron/events';
import { lagEntities } from '@sinkron/lag';
import { messagingEntities, MessagingModule } from '@sinkron/messaging';
import { officeEntities } from '@sinkron/offices';
import { privacyEntities, PrivacyModule } from '@sinkron/privacy';
import { QueueModule, workEntities } from '@sinkron/queue';
import { resyncEntities, ResyncModule } from '@sinkron/resync';
import { testDatabase, type TestDatabase } from '@sinkron/testing';
import { ticketEntities } from '@sinkron/tickets';
import { webhookEntities, WebhooksModule } from '@sinkron/webhooks';
import { type SqlValue, format } from 'mysql2';
import { pino } from 'pino';
import { DataSource } from 'typeorm';

jest.setTimeout(60_000);

/** In every table that grows. */
const rows = 6_000;
/** Of these so many are due for whatever is done with them. */
const due = 60;
/** No statement may read more: a piece of what is due, or less. */
const most = 1_000;

const entities = [
  officeEntities,
  auditEntities,
  accountEntities,
  workEntities,
  escalationEntities,
  eventEntities,
  messagingEntities,
  webhookEntities,
  ticketEntities,
  resyncEntities,
  privacyEntities,
  lagEntities,
].flat();

let db: TestDatabase;
let worker: TestingModule;
const statements: string[] = [];

/** The real transactions, with their statements recorded, so that the database can be asked for their plans. */
class Recorded extends Transactions {
  override run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return super.run((transaction) =>
      work({
        ...transaction,
        query: (text, values) => transaction.query(record(text, values), values),
        execute: (text, values) => transaction.execute(record(text, values), values),
      }),
    );
  }

  override query<Row>(text: string, values?: unknown[]): Promise<Row[]> {
    return super.query<Row>(record(text, values), values);
  }

  override execute(text: string, values?: unknown[]): Promise<number> {
    return super.execute(record(text, values), values);
  }
}

beforeAll(async () => {
  db = await testDatabase({ poolSize: 1, environment: { RETENTION_DAYS: '30' } });
  for (const [table, columns] of Object.entries(filling)) await fill(table, columns);
  worker = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot(db.config, entities),
      ConfigModule.forRoot(db.config, pino({ level: 'silent' })),
      QueueModule,
      AuditModule,
      EscalationModule,
      MessagingModule,
      PrivacyModule,
      ResyncModule,
      WebhooksModule,
    ],
    providers: [Heartbeat, PeriodicTasks],
  })
    .overrideProvider(Transactions)
    .useFactory({ factory: (dataSource: DataSource) => new Recorded(dataSource), inject: [DataSource] })
    .compile();
});
afterAll(async () => {
  await worker.close();
  await db.close();
});

it('finds what a periodic task has to do along an index, however much there is of everything else', async () => {
  for (const task of worker.get(PeriodicTasks).tasks) await task.run();
  const left = await Promise.all(Object.entries(leftToDo).map(([table, where]) => count(table, where)));
  expect(left).toEqual(left.map(() => 0));
  const asked = [...new Set(statements)].filter((text) => !/^\s*insert/.test(text));
  const walks: string[] = [];
  for (const statement of asked) {
    // It is done once more, and so it is known how many rows were read; there is nothing left to do for it.
    const plan = await db.dataSource.query(`analyze ${statement}`);
    for (const { table, type, rows: expected, r_rows: read, Extra: extra } of plan) {
      // What a sort has read is not counted.
      const reads = Number(/filesort/.test(extra) ? expected : read);
      if (reads > most) walks.push(`${table} ${type} ${reads}: ${statement}`);
    }
  }
  expect(walks).toEqual([]);
});

/** What housekeeping has seen to in the end. */
const leftToDo: Record<string, string> = {
  delivery: 'forget_at <= utc_timestamp(3)',
  idempotency: 'created_at < utc_timestamp(3) - interval 72 hour',
  whatsapp_window: 'last_message_at < utc_timestamp(3) - interval 2 day',
  ticket: 'wiped_at is null and closed_at < utc_timestamp(3) - interval 30 day',
};

const id = `unhex(lpad(hex(seq), 32, '0'))`;
const hash = `unhex(lpad(hex(seq), 64, '0'))`;
const isDue = `seq <= ${due}`;
const now = 'utc_timestamp(3)';
const longAgo = `${now} - interval 200 day`;
const old = `${now} - interval 40 day`;

/** For each table its columns as SQL over a number `seq`. */
const filling: Record<string, Record<string, string>> = {
  delivery: {
    id,
    once_hash: hash,
    kind: `if(seq % 2, 'notice', 'event')`,
    channel: `if(seq % 2, 'whatsapp', 'webhook')`,
    fallbacks: `'[]'`,
    state: `if(seq % 4 = 2, 'waiting', 'sent')`,
    recipient_kind: `if(seq % 2, 'ticket', null)`,
    recipient_id: `if(seq % 2, ${id}, null)`,
    event_id: `if(seq % 2, null, unhex(lpad(hex(seq + 100000), 32, '0')))`,
    attempts: '1',
    created_at: longAgo,
    due_at: longAgo,
    ended_at: `if(seq % 4 = 2, null, ${longAgo})`,
    forget_at: `if(${isDue}, ${old}, null)`,
    sealed: `if(seq % 2 and ${isDue}, 'x', null)`,
  },
  event: {
    id,
    position: 'seq',
    type: `'ticket.received'`,
    subject: 'seq',
    data: `'{}'`,
    at: `if(${isDue}, ${longAgo}, ${now})`,
  },
  idempotency: {
    id,
    officer_id: id,
    route: `'tickets'`,
    key_a: hash,
    body_digest: hash,
    status: '201',
    answer: `'{}'`,
    created_at: `if(${isDue}, ${old}, ${now})`,
  },
  whatsapp_window: { phone_hash: hash, last_message_at: `if(${isDue}, ${old}, ${now})` },
  person: { id, nik_a: hash },
  ticket: {
    id,
    code: `concat('c', seq)`,
    person_id: id,
    service: `'nik_kk_sync'`,
    open_marker: 'if(seq % 3 = 0, 1, null)',
    claim_no: '1',
    identity_disputed: '0',
    purpose: `'cpns_sscasn'`,
    cause: `'other'`,
    channel: `'counter'`,
    office_id: `unhex(repeat('0a', 16))`,
    statement_id: id,
    state: `if(seq % 3 = 0, 'open', 'cancelled')`,
    push: `'waiting'`,
    verification: `'unread'`,
    status: `if(seq % 3 = 0, 'received', 'cancelled')`,
    urgent: '0',
    overdue: '0',
    round: '1',
    pushes: '0',
    received_at: longAgo,
    round_at: longAgo,
    due_at: longAgo,
    deadline_stated: '0',
    closed_at: `if(seq % 3 = 0, null, ${longAgo})`,
    seq: '0',
    head_hash: `unhex(repeat('00', 32))`,
    version: '1',
    wiped_at: `if(seq % 3 = 0 or ${isDue}, null, ${old})`,
  },
  statement: {
    id,
    ticket_id: id,
    kind: `'complaint'`,
    office_id: `unhex(repeat('0a', 16))`,
    channel: `'counter'`,
    made_at: longAgo,
  },
  history: {
    ticket_id: id,
    seq: '1000',
    at: longAgo,
    kind: `'filed'`,
    prev_hash: hash,
    hash,
  },
  audit_chain: { id, writer: `'api'`, started_at: longAgo, seq: '1', head_hash: hash, head_at: longAgo },
  audit_checkpoint: {
    seq: 'seq',
    at: `${now} - interval ${rows} - seq hour - interval 1 hour`,
    count: '1',
    root: hash,
    leaves: `''`,
    prev_hash: hash,
    hash,
  },
  escalation: {
    id,
    ticket_id: id,
    state: `if(${isDue}, 'open', 'resolved')`,
    open_marker: `if(${isDue}, 1, null)`,
    reason: `'overdue'`,
    opened_at: longAgo,
    run_no: '1',
    step_no: '0',
  },
  work: {
    id,
    kind: `if(seq % 2, 'ladder', 'deadline')`,
    subject_id: id,
    due_at: `${now} + interval 1 day`,
    lane: `'urgent'`,
    rank_at: now,
    lease_no: '0',
    attempts: '0',
  },
  push: {
    id,
    ticket_id: id,
    round: '1',
    push_no: '1',
    statement_id: id,
    composed_at: longAgo,
    accepted_at: longAgo,
    region: `'33'`,
  },
  breach: {
    id,
    office_id: id,
    recorded_by: id,
    recorded_at: longAgo,
    discovered_at: longAgo,
    window_from: longAgo,
    window_to: longAgo,
    concerns: `'office'`,
    subject_id: id,
    notice_given_at: `if(${isDue}, null, ${longAgo})`,
    sealed: `'x'`,
  },
};

async function fill(table: string, columns: Record<string, string>): Promise<void> {
  const names = Object.keys(columns).join(', ');
  await db.dataSource.query(
    `insert into ${table} (${names}) select ${Object.values(columns).join(', ')} from seq_1_to_${rows} as numbers`,
  );
  await db.dataSource.query(`analyze table ${table}`);
}

function record(text: string, values: unknown[] = []): string {
  statements.push(format(text, values as SqlValue[]));
  return text;
}

async function count(table: string, where: string): Promise<number> {
  const [row] = await db.dataSource.query(`select count(*) as n from ${table} where ${where}`);
  return Number(row.n);
}
