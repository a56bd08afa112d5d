import { trailQuery } from './audit-trail';
import { trailQueries } from './ticket-trail';
import { newId, toBinary } from '@sinkron/database';
import { Scope } from '@sinkron/offices';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

jest.setTimeout(60_000);

// Half of all rows are of one officer, one session and one office: an optimiser that may would rather read all.
const rows = 20_000;
const [officer, office, session, ticket] = [newId(), newId(), newId(), newId()];
const from = new Date('2026-01-01T00:00:00Z');
const to = new Date('2026-01-15T00:00:00Z');
const cursor = newId();
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  await db.dataSource.query(
    `insert into audit (id, at, officer_id, office_id, session_id, action, ticket_id, detail, chain_id, seq, prev_hash, hash)
     select unhex(lpad(hex(seq), 32, '0')), ? + interval seq minute, ${half}, ${half}, ${half}, 'cases_listed',
       if(seq % 100 = 0, ?, null), concat('{"tickets":["', uuid(), '"],"fields":["nik:masked"]}'),
       unhex(repeat('01', 16)), seq, unhex(repeat('00', 32)), unhex(repeat('00', 32)) from seq_1_to_${rows}`,
    [from, ...[officer, office, session].map(toBinary), toBinary(ticket)],
  );
  await db.dataSource.query('analyze table audit');
});
afterAll(() => db.close());

const half = 'if(seq % 2, ?, unhex(repeat("ff", 16)))';
const window = { shown: true, from, to, limit: 100 };
const nation = new Scope([office, newId()], true);
const one = new Scope([office], false);

it.each([
  ['an officer', trailQuery(nation, { ...window, officerId: officer }, undefined), 'audit_officer'],
  ['a session or a token', trailQuery(nation, { ...window, sessionId: session }, undefined), 'audit_session'],
  ['an office', trailQuery(one, window, undefined), 'audit_office'],
  ['the next page', trailQuery(nation, { ...window, sessionId: session, cursor }, to), 'audit_session'],
])('what %s saw in a window is walked along its key, in order', async (_, query, key) => {
  await expectWalk(query, key);
});

it('the trail of a ticket is walked along the key of tickets, and along the time of each office', async () => {
  const before = { at: to, id: cursor };
  const question = { tickets: [ticket], offices: [office], from, until: to, limit: 500 };
  const [direct, amongOthers] = trailQueries(question, from, before);
  await expectWalk(amongOthers!, 'audit_office');
  const plan = await planOf(direct!);
  expect([plan.key, Number(plan.rows) <= rows / 50]).toEqual(['audit_ticket', true]);
});

type Query = ReturnType<typeof trailQuery>;

async function planOf({ sql, parameters }: Query): Promise<{ key: string; rows: unknown; Extra: string }> {
  const [plan] = await db.dataSource.query(`explain select * from audit ${sql}`, parameters);
  return plan;
}

async function expectWalk(query: Query, key: string): Promise<void> {
  const plan = await planOf(query);
  expect(plan.key).toBe(key);
  expect(plan.Extra).not.toContain('filesort');
}
