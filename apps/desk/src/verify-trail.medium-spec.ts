import { auditEntities } from '@sinkron/audit';
import { officeEntities } from '@sinkron/offices';
import { verifyTrail } from './verify-trail';
import { accountEntities } from '@sinkron/accounts';
import { Audit, Checkpoint, Checkpoints, spelt } from '@sinkron/audit';
import {
  createDataSource,
  fromBinary,
  insertRows,
  newId,
  selectRows,
  toBinary,
  Transactions,
  updateRow,
} from '@sinkron/database';
import { testDatabase, type TestDatabase } from '@sinkron/testing';
import { appendHistory, HistoryEntry, Ticket, ticketEntities } from '@sinkron/tickets';

jest.setTimeout(60_000);

let db: TestDatabase;
let lines: Record<string, unknown>[];
let checkpoints: Checkpoints;
const tables = ['ticket', 'history', 'audit', 'audit_chain', 'audit_checkpoint'];
const sql = (statement: string, parameters: unknown[] = []) => db.dataSource.query(statement, parameters);

beforeAll(async () => {
  db = await testDatabase({
    entities: [...officeEntities, ...auditEntities, ...accountEntities, ...ticketEntities],
    poolSize: 1,
  });
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.setClock(new Date('2026-11-22T02:00:00.000Z'));
  for (const table of tables) await sql(`delete from ${table}`);
  lines = [];
  const logger = { info: (fields: object) => void lines.push({ ...fields }) };
  checkpoints = new Checkpoints(
    db.transactions,
    db.config,
    logger as ConstructorParameters<typeof Checkpoints>[2],
  );
});

const broken = async (expected?: { seq: number; hash: string }) =>
  (await verifyTrail(db.transactions, expected)).broken;

/** Three tickets of three rows, an audit chain of four rows, and three checkpoints a minute apart. */
async function trail(): Promise<{ tickets: string[]; chain: string }> {
  const audit = new Audit(db.transactions, 'test');
  const tickets: string[] = [];
  for (const code of ['AAAA', 'BBBB', 'CCCC']) tickets.push(await newTicket(code));
  const look = (action: string) =>
    audit.read({
      officerId: newId(),
      officeId: newId(),
      action,
      detail: { tickets, fields: ['nik:masked'] },
    });
  await look('one');
  await look('two');
  await db.setClock(new Date('2026-11-22T02:02:00.000Z'));
  await checkpoints.make();
  for (const [minute, act] of [() => note(tickets[1]!), () => look('three')].entries()) {
    await db.setClock(new Date(Date.UTC(2026, 10, 22, 2, 5 * (minute + 1))));
    await act();
    await db.setClock(new Date(Date.UTC(2026, 10, 22, 2, 5 * (minute + 1), 1)));
    await checkpoints.make();
  }
  await look('four');
  const [{ id }] = await sql('select id from audit_chain');
  return { tickets, chain: `audit chain ${fromBinary(id)}` };
}

it('is whole as it was written, by the log as well', async () => {
  await trail();
  const { tickets, auditRows, checkpoints: count, broken: faults } = await verifyTrail(db.transactions);
  expect({ tickets, auditRows, count, faults }).toEqual({ tickets: 3, auditRows: 4, count: 3, faults: [] });
  expect(lines.map(({ checkpoint, count: leaves }) => [checkpoint, leaves])).toEqual([
    [1, 4],
    [2, 1],
    // Once more what the second one covered: it was written shortly before it.
    [3, 2],
  ]);
  const last = lines.at(-1)!;
  expect(await broken({ seq: 3, hash: String(last.hash) })).toEqual([]);
});

describe('one flipped byte', () => {
  const text = (column: string) => `insert(${column}, 1, 1, char(ascii(${column}) ^ 1))`;
  const bytes = (column: string) =>
    `unhex(concat(hex(substr(${column}, 1, length(${column}) - 1)), lpad(hex(ascii(right(${column}, 1)) ^ 1), 2, '0')))`;
  const later = (column: string) => `${column} + interval 1000 microsecond`;
  const next = (column: string) => `${column} + 10`;

  it.each<[string, (column: string) => string]>([
    ['ticket_id', bytes],
    ['seq', next],
    ['at', later],
    ['kind', text],
    ['officer_id', bytes],
    ['statement_id', bytes],
    ['data', text],
    ['data', (column) => `replace(${column}, ':', ': ')`],
    ['prev_hash', bytes],
    ['hash', bytes],
  ])('in %s of the history shows', async (column, flip) => {
    const { tickets } = await trail();
    await sql(`update history set ${column} = ${flip(column)} where ticket_id = ? and seq = 2`, [
      toBinary(tickets[2]!),
    ]);
    expect((await broken()).join()).toContain('CCCC: the history does not fit from row 2 on');
  });

  it.each<[string, (column: string) => string]>([
    ['id', bytes],
    ['at', later],
    ['officer_id', bytes],
    ['office_id', bytes],
    ['session_id', bytes],
    ['action', text],
    ['ticket_id', bytes],
    ['detail', text],
    ['detail', (column) => `replace(${column}, ':', ': ')`],
    ['chain_id', bytes],
    ['seq', next],
    ['prev_hash', bytes],
    ['hash', bytes],
  ])('in %s of the audit shows', async (column, flip) => {
    const audit = new Audit(db.transactions, 'full');
    const [officerId, officeId, sessionId, ticketId] = [newId(), newId(), newId(), newId()];
    const record = { officerId, officeId, sessionId, ticketId, detail: { tickets: [ticketId] } };
    for (const action of ['one', 'two', 'three']) await audit.read({ ...record, action });
    expect(await broken()).toEqual([]);
    await sql(`update audit set ${column} = ${flip(column)} where seq = 2`);
    expect((await broken()).join()).toMatch(/audit chain [\w-]{36} does not fit from row 2 on/);
  });

  it.each<[string, (column: string) => string]>([
    ['at', later],
    ['count', (column) => `${column} + 1`],
    ['root', bytes],
    ['leaves', bytes],
    ['prev_hash', bytes],
    ['hash', bytes],
  ])('in %s of a checkpoint shows', async (column, flip) => {
    await trail();
    await sql(`update audit_checkpoint set \`${column}\` = ${flip(`\`${column}\``)} where seq = 2`);
    expect((await broken()).join()).toContain('checkpoint 2');
  });
});

describe('what is missing shows:', () => {
  it('a row in the middle of a history, and one in the middle of the audit', async () => {
    const { tickets, chain } = await trail();
    await sql('delete from history where ticket_id = ? and seq = 2', [toBinary(tickets[2]!)]);
    await sql('delete from audit where seq = 2');
    expect(await broken()).toEqual(
      expect.arrayContaining([
        'CCCC: the history does not fit from row 2 on',
        `${chain} does not fit from row 2 on`,
      ]),
    );
  });

  it('the end of a history, with the head of the ticket set back to fit', async () => {
    const { tickets } = await trail();
    const id = toBinary(tickets[0]!);
    await sql('delete from history where ticket_id = ? and seq = 3', [id]);
    await sql(
      'update ticket set seq = 2, head_hash = (select hash from history where ticket_id = id and seq = 2) where id = ?',
      [id],
    );
    expect(await broken()).toEqual(['AAAA: row 3 of its history is gone, which checkpoint 1 covered']);
  });

  it('a head that was set back, its rows left', async () => {
    const { tickets } = await trail();
    await sql(
      'update ticket set seq = 2, head_hash = (select hash from history where ticket_id = id and seq = 2) where id = ?',
      [toBinary(tickets[0]!)],
    );
    await sql('update audit_chain set seq = 3, head_hash = (select hash from audit where seq = 3)');
    expect(await broken()).toEqual([
      'AAAA: the history does not fit from row 3 on',
      expect.stringMatching(/does not fit from row 4 on/),
    ]);
  });

  it('a whole ticket, and a ticket whose history was left', async () => {
    const { tickets } = await trail();
    const [first, , third] = tickets.map((id) => toBinary(id));
    for (const [table, key] of [
      ['history', 'ticket_id'],
      ['ticket', 'id'],
    ])
      await sql(`delete from ${table} where ${key} = ?`, [first]);
    await sql('delete from ticket where id = ?', [third]);
    expect(await broken()).toEqual([
      `${tickets[2]}: the history does not fit from row 1 on`,
      `the ticket ${tickets[0]} is gone, which checkpoint 1 covered`,
    ]);
  });

  it('the end of the audit, with its head set back, and a whole chain', async () => {
    const { chain } = await trail();
    await sql('delete from audit where seq > 2');
    await sql('update audit_chain set seq = 2, head_hash = (select hash from audit where seq = 2)');
    expect(await broken()).toEqual([`row 3 of ${chain} is gone, which checkpoint 3 covered`]);
    await sql('delete from audit');
    expect((await broken())[0]).toBe(`${chain} does not fit from row 1 on`);
    await sql('delete from audit_chain');
    expect(await broken()).toEqual([
      `row 2 of ${chain} is gone, which checkpoint 1 covered`,
      `row 3 of ${chain} is gone, which checkpoint 3 covered`,
    ]);
  });

  it('a ticket that was written anew with hashes that fit', async () => {
    const { tickets } = await trail();
    await sql('delete from history where ticket_id = ?', [toBinary(tickets[0]!)]);
    await sql('delete from ticket where id = ?', [toBinary(tickets[0]!)]);
    await newTicket('AAAA', tickets[0]);
    expect(await broken()).toEqual(['checkpoint 1 covered other rows than stand there now']);
  });

  it('a chain without its head', async () => {
    const { chain } = await trail();
    await sql('delete from audit_chain');
    expect(await broken()).toEqual([`${chain} does not fit from row 1 on`]);
  });

  it('a checkpoint in the middle; the last ones by the log', async () => {
    await trail();
    await sql('delete from audit_checkpoint where seq = 3');
    expect(await broken()).toEqual([]);
    const hash = String(lines.at(-1)!.hash);
    expect(await broken({ seq: 3, hash })).toEqual(['checkpoint 3, which the log names, is gone']);
    await sql('delete from audit_checkpoint where seq = 1');
    expect(await broken()).toEqual(['checkpoint 1 is gone']);
  });

  it('a trail that was written anew from end to end, by the log', async () => {
    const { tickets } = await trail();
    const { hash } = lines[0]!;
    for (const table of tables) await sql(`delete from ${table}`);
    await db.setClock(new Date('2026-11-22T02:00:00.000Z'));
    await newTicket('AAAA', tickets[0]);
    await db.setClock(new Date('2026-11-22T02:01:00.000Z'));
    await checkpoints.make();
    expect(await broken()).toEqual([]);
    expect(await broken({ seq: 1, hash: String(hash) })).toEqual([
      'checkpoint 1 is another than the one that the log names',
    ]);
  });
});

describe('a checkpoint', () => {
  it('is made when it is time and something changed, and covers what was committed late', async () => {
    expect(await checkpoints.make()).toBeNull();
    await newTicket('AAAA');
    await db.setClock(new Date('2026-11-22T02:01:00.000Z'));
    expect(await checkpoints.make()).toMatchObject({ seq: 1, count: 1 });
    await db.setClock(new Date('2026-11-22T02:01:59.000Z'));
    await newTicket('BBBB');
    expect(await checkpoints.make()).toBeNull();
    // Begun half a minute before the first checkpoint, committed after it.
    await db.setClock(new Date('2026-11-22T02:00:30.000Z'));
    await newTicket('CCCC');
    await db.setClock(new Date('2026-11-22T02:02:00.000Z'));
    const second = await checkpoints.make();
    expect(second).toMatchObject({ seq: 2 });
    await db.transactions.run(async (transaction) => {
      const [row] = await selectRows(transaction, Checkpoint, 'where seq = 2', []);
      expect(spelt(row!.hash)).toBe(spelt(second!.hash));
    });
    await sql("delete from history where ticket_id = (select id from ticket where code = 'CCCC')");
    await sql("delete from ticket where code = 'CCCC'");
    expect(await broken()).toEqual([
      expect.stringMatching(/^the ticket .* is gone, which checkpoint 2 covered$/),
    ]);
  });

  it('is made once, whoever makes it at the same time', async () => {
    await db.setClock(null);
    await newTicket('AAAA');
    const other = await testDatabaseOnSameSchema();
    try {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const made = await Promise.all([checkpoints.make(), other.make(), checkpoints.make(), other.make()]);
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await broken()).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

/** Another worker. */
async function testDatabaseOnSameSchema() {
  const dataSource = await createDataSource({
    url: db.config.databaseUrl,
    entities: auditEntities,
    poolSize: 2,
  });
  await dataSource.initialize();
  const logger = { info: () => undefined } as unknown as ConstructorParameters<typeof Checkpoints>[2];
  const worker = new Checkpoints(new Transactions(dataSource), db.config, logger);
  return { make: () => worker.make(), close: () => dataSource.destroy() };
}

async function note(id: string): Promise<void> {
  await db.transactions.run(async (transaction) => {
    const [ticket] = await selectRows(transaction, Ticket, 'where id = ? for update', [toBinary(id)]);
    const entries = appendHistory(ticket!, transaction.now, [{ kind: 'noted', officerId: newId() }]);
    await insertRows(transaction, HistoryEntry, entries);
    await updateRow(transaction, Ticket, ticket!, 'id = ?', [toBinary(id)]);
  });
}

async function newTicket(code: string, id = newId()): Promise<string> {
  await db.transactions.run(async (transaction) => {
    const { now } = transaction;
    const ticket = Ticket.create({
      id,
      code,
      personId: newId(),
      service: 'nik_kk_sync',
      purpose: 'other',
      cause: 'other',
      channel: 'counter',
      officeId: newId(),
      statementId: newId(),
      receivedAt: now,
      dueAt: now,
      deadlineAt: null,
      deadlineStated: false,
    });
    const entries = appendHistory(ticket, now, [
      { kind: 'received' },
      { kind: 'noted', officerId: newId(), statementId: newId(), data: { a: 1 } },
      { kind: 'noted' },
    ]);
    await insertRows(transaction, Ticket, [ticket]);
    await insertRows(transaction, HistoryEntry, entries);
  });
  return id;
}
