import { countQuery, type CountedFilter, pageQuery, type TicketFilter } from './ticket-pages';
import { newId, toBinary } from '@sinkron/database';
import { Scope } from '@sinkron/offices';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

const [large, small, ...others] = Array.from({ length: 5 }, () => newId()) as [string, string, ...string[]];
const everywhere = [large, small, ...others];
let db: TestDatabase;

/** Of the oldest 30 tickets every other one is of the small office; they alone have what few tickets have. */
const old = 'seq <= 30';

beforeAll(async () => {
  db = await testDatabase();
  // Enough rows for the server to have a choice of plans, and for a walk past all of them to be seen.
  await db.dataSource.query(
    `insert into ticket (id, code, person_id, service, open_marker, claim_no, identity_disputed, purpose, cause, channel, office_id, statement_id, state,
       push, verification, status, reason, urgent, overdue, round, pushes, disputed, received_at, round_at, due_at,
       deadline_at, deadline_stated, accepted_at, suspended_at, closed_at, outcome, seq, head_hash, version)
     select unhex(concat('0199', lpad(hex(seq), 8, '0'), '7000', '8000', '00000000', lpad(hex(seq), 4, '0'))), concat('c', seq),
       unhex(lpad(hex(seq), 32, '0')), 'nik_kk_sync', 1, 1, 0, if(${old}, 'bank', 'cpns_sscasn'), 'other',
       if(${old}, 'email', 'counter'), if(${old} and seq % 2 = 0, ?, ?), unhex(lpad(hex(seq), 32, '0')),
       'open', 'waiting', 'unread', if(seq % 50 = 0 or ${old}, 'overdue', 'received'), null, ${old}, 0, 1, 0, null,
       utc_timestamp(3), utc_timestamp(3), utc_timestamp(3), null, 0, null, null, null, null, 0, unhex(repeat('00', 32)), 1
     from seq_1_to_6000`,
    [toBinary(small), toBinary(large)],
  );
  await db.dataSource.query('analyze table ticket');
});
afterAll(() => db.close());

const scopes = {
  'an office': new Scope([large], false),
  'a small office': new Scope([small], false),
  'several offices': new Scope(everywhere, false),
  'several small offices': new Scope([small, ...others], false),
  'the nation': new Scope(everywhere, true),
};
const filters: Omit<TicketFilter, 'limit'>[] = [
  {},
  { status: 'received' },
  { status: 'overdue' },
  { status: 'resolved' },
  { urgent: true },
  { purpose: 'bank' },
  { channel: 'email' },
  { channel: 'web' },
  { purpose: 'cpns_sscasn', channel: 'counter', urgent: false },
  { status: 'received', purpose: 'bank' },
  { purpose: 'cpns_sscasn', urgent: true },
  { channel: 'counter', status: 'overdue' },
];
const cursors = [undefined, '01990000-07d0-7000-8000-00000000ffff'];
const pages = Object.entries(scopes).flatMap(([name, scope]) =>
  filters.flatMap((filter) =>
    cursors.map((cursor) => ({ name, scope, filter: { ...filter, cursor, limit: 20 } })),
  ),
);

it.each(pages)(
  'a page of $name by $filter reads little and holds what it should',
  async ({ scope, filter }) => {
    const { sql, parameters } = await pageOf(scope, filter);
    const ids = await db.dataSource.query(`select id from ticket ${sql}`, parameters);
    expect(ids).toEqual(await plainly(scope, filter));
    const plan = await db.dataSource.query(`analyze select * from ticket ${sql}`, parameters);
    const read = plan.map(({ r_rows: rows }: { r_rows: string | null }) => Number(rows));
    // As many as a status has that is the least common of the filters.
    expect(Math.max(...read)).toBeLessThanOrEqual(200);
    const tickets = plan.filter(({ table }: { table: string }) => table === 'ticket');
    expect(tickets.map(({ type }: { type: string }) => type)).not.toContain('ALL');
    for (const { Extra: extra } of scope.ids.length === 1 || scope.everything ? plan : [])
      expect(extra).not.toContain('filesort');
  },
);

it('counts what a filter matches as far as it matters, from the key alone', async () => {
  const filter = { status: 'received', urgent: true, purpose: 'bank', channel: 'web', limit: 20 } as const;
  expect(await counted(filter)).toEqual([
    { column: 'status', count: 1_000 },
    { column: 'urgent', count: 30 },
    { column: 'purpose', count: 30 },
    { column: 'channel', count: 0 },
  ]);
  const { sql, parameters } = countQuery(filter)!;
  const plan = await db.dataSource.query(`explain ${sql}`, parameters);
  for (const { table, Extra: extra } of plan) if (table === 'ticket') expect(extra).toContain('Using index');
});

async function pageOf(scope: Scope, filter: TicketFilter) {
  return pageQuery(scope, filter, await counted(filter));
}

async function counted(filter: TicketFilter): Promise<CountedFilter[]> {
  const counting = countQuery(filter);
  const rows = counting ? await db.dataSource.query(counting.sql, counting.parameters) : [];
  return rows.map(({ column, count }: { column: CountedFilter['column']; count: string }) => ({
    column,
    count: Number(count),
  }));
}

/** The same page without a thought of how it is found. */
function plainly(scope: Scope, { cursor, limit, ...filter }: TicketFilter): Promise<unknown> {
  const given = Object.entries(filter);
  return db.dataSource.query(
    `select id from ticket where office_id in (?) ${given.map(([column]) => `and ${column} = ?`).join(' ')}
       and id < ? order by id desc limit ?`,
    [
      scope.ids.map(toBinary),
      ...given.map(([, value]) => value),
      cursor ? toBinary(cursor) : Buffer.alloc(16, 0xff),
      limit + 1,
    ],
  );
}
