import { TicketDesk } from '../testing/ticket-desk';
import { HistoryCheck } from '../reading/history-check';
import { Moves } from './moves';
import { Purposes, ticketsAtOnce } from './purposes';
import { TicketUrgency } from './ticket-urgency';
import { TicketWriter } from './ticket-writer';
import { toBinary, Transactions } from '@sinkron/database';
import { createConnection } from 'mysql2/promise';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await TicketDesk.start(20261201);
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.clear();
  await desk.sql('delete from audit');
});

const set = (closesAt: Date | null) =>
  desk.app.get(Purposes).setClosing(desk.nationalAdmin, 'bank', closesAt);
const changes = async (id: string) =>
  (await desk.history(id)).filter(({ kind }) => kind === 'deadline_changed').map(({ data }) => data);
const audited = () => desk.sql(`select action, detail from audit where action = 'purpose_closing_set'`);

/** Open tickets of one purpose, by copies of one; their ids rise with their number. */
async function copies(count: number): Promise<void> {
  const { id } = await desk.newTicket({ purpose: 'bank' });
  const columns = (await desk.sql(`select column_name as name from information_schema.columns
    where table_schema = database() and table_name = 'ticket'`)) as { name: string }[];
  const copied = columns.map(({ name }) => {
    if (name === 'id')
      return `unhex(concat('0199', lpad(hex(n.seq), 8, '0'), '70008000', lpad('', 12, '0')))`;
    if (name === 'code') return `concat('c', n.seq)`;
    if (name === 'person_id') return `unhex(lpad(hex(n.seq), 32, '0'))`;
    if (name === 'head_hash') return `unhex(repeat('00', 32))`;
    return name === 'seq' ? '0' : `t.\`${name}\``;
  });
  await desk.sql(
    `insert into ticket (${columns.map(({ name }) => `\`${name}\``).join(', ')})
     select ${copied.join(', ')} from ticket t join seq_1_to_${count} n on t.id = ?`,
    [toBinary(id)],
  );
  await desk.sql(
    `insert into work (id, kind, subject_id, due_at, lane, rank_at, lease_no, attempts)
     select id, 'deadline', id, due_at, 'regular', due_at, 0, 0 from ticket where code like 'c%'`,
  );
}

it('reaches every open ticket without a deadline of its own, with history, audit and a check that is due', async () => {
  const { id } = await desk.newTicket({ purpose: 'bank' });
  const stated = await desk.newTicket({ purpose: 'bank', deadlineAt: '2026-12-01T00:00:00Z' });
  const other = await desk.newTicket({ purpose: 'bpjs' });
  await desk.forward(60_000);
  const closesAt = desk.inHours(100);
  await set(closesAt);
  expect(await desk.ticket(id)).toMatchObject({ deadline_at: closesAt, deadline_stated: 0 });
  expect(await changes(id)).toEqual([{ deadlineAt: closesAt.toISOString(), by: 'purpose' }]);
  expect([await changes(stated.id), await changes(other.id)]).toEqual([[], []]);
  const due = await desk.sql(
    `select subject_id, rank_at from work where kind = 'deadline' and due_at <= utc_timestamp(3)`,
  );
  expect(due).toEqual([{ subject_id: toBinary(id), rank_at: desk.clock }]);
  expect(await audited()).toHaveLength(1);
});

it('changes nothing when it is repeated, and takes the instant back', async () => {
  const { id } = await desk.newTicket({ purpose: 'bank' });
  const closesAt = desk.inHours(100);
  await set(closesAt);
  await set(closesAt);
  expect(await changes(id)).toHaveLength(1);
  expect(await audited()).toHaveLength(1);
  await set(null);
  expect(await desk.ticket(id)).toMatchObject({ deadline_at: null });
  expect((await changes(id)).at(-1)).toEqual({ deadlineAt: null, by: 'purpose' });
  expect(await audited()).toHaveLength(2);
});

it('finishes what was broken off', async () => {
  const { id } = await desk.newTicket({ purpose: 'bank' });
  const closesAt = desk.inHours(100);
  await desk.sql(`insert into purpose (code, closes_at, changed_at) values ('bank', ?, utc_timestamp(3))`, [
    closesAt,
  ]);
  await set(closesAt);
  expect(await desk.ticket(id)).toMatchObject({ deadline_at: closesAt });
  expect(await audited()).toEqual([]);
});

it('leaves a suspended ticket for its resumption, and a closed one alone', async () => {
  const suspended = await desk.newTicket({ purpose: 'bank' });
  const closed = await desk.newTicket({ purpose: 'bank' });
  await desk.app.get(Moves).suspend(desk.officer, suspended.code, { reason: 'off_procedure' });
  await desk.app.get(Moves).cancel(desk.officer, closed.code, {});
  await set(desk.inHours(1));
  expect(
    await desk.sql('select 1 from work where due_at <= utc_timestamp(3) and kind = ?', ['deadline']),
  ).toEqual([]);
  expect(await desk.ticket(suspended.id)).toMatchObject({ deadline_at: desk.inHours(1) });
  expect(await desk.ticket(closed.id)).toMatchObject({ deadline_at: null });
  await desk.app.get(Moves).resume(desk.officer, suspended.code, {});
  expect(await desk.ticket(suspended.id)).toMatchObject({ urgent: 1 });
});

it('goes piece by piece through more tickets than one transaction takes, and keeps every chain whole', async () => {
  const count = 2 * ticketsAtOnce + 3;
  await copies(count);
  await set(desk.inHours(100));
  const [row] = await desk.sql('select count(*) as n from ticket where deadline_at = ?', [desk.inHours(100)]);
  expect(Number(row?.n)).toBe(count + 1);
  const [written] = await desk.sql(`select count(*) as n from history where kind = 'deadline_changed'`);
  expect(Number(written?.n)).toBe(count + 1);
  const [due] = await desk.sql(
    `select count(*) as n from work where kind = 'deadline' and due_at <= utc_timestamp(3) and rank_at = due_at`,
  );
  expect(Number(due?.n)).toBe(count + 1);
  expect(await audited()).toHaveLength(1);
  const check = new HistoryCheck(desk.app.get(Transactions));
  expect((await check.run()).broken).toEqual([]);
});

it('holds a piece of the tickets at a time: others are free while one is waited for', async () => {
  await copies(ticketsAtOnce + 3);
  const [{ name } = {}] = await desk.sql('select database() as name');
  const other = await createConnection({ uri: process.env.DATABASE_URL!, database: String(name) });
  try {
    const first = `'c1'`;
    const last = `'c${ticketsAtOnce + 3}'`;
    await other.query('set session transaction isolation level read committed');
    await other.query('begin');
    await other.query(`select 1 from ticket where code = ${last} for update`);
    const setting = set(desk.inHours(100));
    await until(async () => {
      const [rows] = await other.query('select 1 from ticket where deadline_at is not null');
      return (rows as unknown[]).length >= ticketsAtOnce;
    });
    await other.query(`update ticket set version = version + 1 where code = ${first}`);
    await other.query(`update ticket set version = version - 1 where code = ${first}`);
    await other.query('commit');
    await setting;
  } finally {
    await other.end();
  }
  const [row] = await desk.sql('select count(*) as n from ticket where deadline_at = ?', [desk.inHours(100)]);
  expect(Number(row?.n)).toBe(ticketsAtOnce + 4);
});

it('has the check of an urgent ticket find that the later day presses it no longer, and the nearer one that it does', async () => {
  await set(desk.inHours(5));
  const { id } = await desk.newTicket({ purpose: 'bank' });
  const check = async () => {
    const judge = await desk.app.get(TicketUrgency).judge();
    const writer = desk.app.get(TicketWriter);
    await writer.change(id, async (ticket, transaction) => {
      const urgency = desk.app.get(TicketUrgency);
      const judged = await urgency.judgeAgain(transaction, ticket, judge, { because: 'time' });
      await writer.save(transaction, ticket, judged);
    });
    return (await desk.ticket(id)).urgent;
  };
  expect(await check()).toBe(1);
  await set(desk.inHours(100));
  expect([await check(), await check()]).toEqual([0, 0]);
  await set(desk.inHours(6));
  expect(await check()).toBe(1);
  expect(await desk.sql('select outcome from escalation order by id')).toEqual([
    { outcome: 'withdrawn' },
    { outcome: null },
  ]);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
