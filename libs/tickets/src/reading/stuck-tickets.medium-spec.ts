import { countQuery, stuckQuery } from './stuck-tickets';
import { newId, toBinary } from '@sinkron/database';
import { Scope } from '@sinkron/offices';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

const offices = Array.from({ length: 3 }, () => newId());
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  // Enough rows for the server to have a choice of plans: of 6,000 cases of one office two in three are closed.
  await db.dataSource.query(
    `insert into ticket (id, code, person_id, service, open_marker, claim_no, identity_disputed, purpose, cause, channel, office_id, statement_id, state,
       push, verification, status, waits_for, waiting_since, urgent, overdue, round, pushes, received_at, round_at, due_at,
       deadline_stated, seq, head_hash, version)
     select unhex(concat('0199', lpad(hex(seq), 8, '0'), '7000', '8000', '00000000', lpad(hex(seq), 4, '0'))), concat('c', seq),
       unhex(lpad(hex(seq), 32, '0')), 'nik_kk_sync', if(seq % 3 = 0, 1, null), 1, 0, 'cpns_sscasn', 'other', 'counter',
       ?, unhex(lpad(hex(seq), 32, '0')), if(seq % 3 = 0, 'open', 'cancelled'), 'waiting', 'unread',
       if(seq % 3 = 0, 'received', 'cancelled'), if(seq % 3 = 0, 'waiting_for_hand_over', null),
       if(seq % 3 = 0, utc_timestamp(3) - interval seq second, null), seq % 2, 0, 1, 0,
       utc_timestamp(3), utc_timestamp(3), utc_timestamp(3), 0, 0, unhex(repeat('00', 32)), 1
     from seq_1_to_6000`,
    [toBinary(offices[0] as string)],
  );
  await db.dataSource.query('analyze table ticket');
});
afterAll(() => db.close());

const scopes: [string, Scope, string][] = [
  ['an office', new Scope(offices.slice(0, 1), false), 'ticket_office_waiting'],
  ['several offices', new Scope(offices, false), 'ticket_waiting'],
  ['the nation', new Scope(offices, true), 'ticket_waiting'],
];
const after = { at: new Date('2020-01-01T00:00:00Z'), id: newId() };

it.each(scopes)('a page of what waits in %s walks its key and sorts nothing', async (_, scope, key) => {
  for (const filter of [{}, { reason: 'time_out' }, { after }, { reason: 'time_out', after }]) {
    const { sql, parameters } = stuckQuery(scope, { ...filter, limit: 20 });
    const [plan] = await db.dataSource.query(`explain select * from ticket ${sql}`, parameters);
    expect(plan).toMatchObject({ key, type: 'range' });
    expect(String(plan.Extra)).not.toContain('filesort');
  }
});

it.each(scopes)('the counts of what waits in %s are read from the key alone', async (_, scope, key) => {
  const { sql, parameters } = countQuery(scope);
  const [plan] = await db.dataSource.query(`explain ${sql}`, parameters);
  expect(plan).toMatchObject({ key, type: 'range' });
  expect(String(plan.Extra)).toContain('Using index');
  const rows = await db.dataSource.query(sql, parameters);
  expect(rows.map(({ urgent, n }: { urgent: number; n: string }) => [urgent, Number(n)]).sort()).toEqual([
    [0, 1000],
    [1, 1000],
  ]);
});

it('pages neither skip nor repeat a case, also where many wait since the same instant', async () => {
  await db.dataSource.query(
    `update ticket set waiting_since = '2026-11-22 00:00:00.123' where open_marker = 1 limit 50`,
  );
  const scope = new Scope(offices, true);
  const seen: string[] = [];
  let place: { at: Date; id: string } | undefined;
  for (let page = 0; page < 4; page++) {
    const { sql, parameters } = stuckQuery(scope, { after: place, limit: 19 });
    const rows: { id: Buffer; waiting_since: Date }[] = await db.dataSource.query(
      `select id, waiting_since from ticket ${sql}`,
      parameters,
    );
    const shown = rows.slice(0, 19);
    seen.push(...shown.map(({ id }) => id.toString('hex')));
    const last = shown.at(-1)!;
    place = {
      at: last.waiting_since,
      id: last.id.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
    };
  }
  const whole: { id: Buffer }[] = await db.dataSource.query(
    'select id from ticket where waiting_since is not null order by waiting_since, id limit 76',
  );
  expect(seen).toEqual(whole.map(({ id }) => id.toString('hex')));
});
