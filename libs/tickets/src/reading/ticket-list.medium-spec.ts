import { pageQuery, type TicketFilter } from './ticket-list';
import { newId } from '@sinkron/database';
import { Scope } from '@sinkron/offices';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

const offices = Array.from({ length: 3 }, () => newId());
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  // Enough rows for the server to have a choice of plans; 3,000 of one office, most of them in one state.
  await db.dataSource.query(
    `insert into ticket (id, code, person_id, service, open_marker, purpose, cause, channel, office_id, statement_id, state,
       push, verification, status, reason, urgent, overdue, round, pushes, disputed, received_at, round_at, due_at,
       deadline_at, deadline_stated, accepted_at, suspended_at, closed_at, outcome, seq, head_hash, version)
     select unhex(concat('0199', lpad(hex(seq), 8, '0'), '7000', '8000', '00000000', lpad(hex(seq), 4, '0'))), concat('c', seq),
       unhex(lpad(hex(seq), 32, '0')), 'nik_kk_sync', 1, 'cpns_sscasn', 'other', 'counter',
       ?, unhex(lpad(hex(seq), 32, '0')), 'open', 'waiting', 'unread', if(seq % 50 = 0, 'overdue', 'received'), null, 0, 0, 1, 0, null,
       utc_timestamp(3), utc_timestamp(3), utc_timestamp(3), null, 0, null, null, null, null, 0, unhex(repeat('00', 32)), 1
     from seq_1_to_3000`,
    [Buffer.from((offices[0] as string).replaceAll('-', ''), 'hex')],
  );
  await db.dataSource.query('analyze table ticket');
});
afterAll(() => db.close());

const one = new Scope(offices.slice(0, 1), false);
const several = new Scope(offices, false);
const nation = new Scope(offices, true);

it.each<[string, Scope, Partial<TicketFilter>, string]>([
  ['an office', one, {}, 'ticket_office'],
  ['an office and a status', one, { status: 'overdue' }, 'ticket_office_status'],
  ['several offices', several, {}, 'PRIMARY'],
  ['several offices and a status', several, { status: 'received' }, 'ticket_status'],
  ['the nation', nation, {}, 'PRIMARY'],
  ['the nation and a status', nation, { status: 'received' }, 'ticket_status'],
])('a page of %s walks its key and sorts nothing', async (_, scope, filter, key) => {
  for (const cursor of [undefined, '01990000-07d0-7000-8000-00000000ffff']) {
    const { sql, parameters } = pageQuery(scope, { ...filter, cursor, limit: 20 });
    const [plan] = await db.dataSource.query(`explain select * from ticket ${sql}`, parameters);
    expect(plan.key).toBe(key);
    expect(String(plan.Extra)).not.toContain('filesort');
  }
});
