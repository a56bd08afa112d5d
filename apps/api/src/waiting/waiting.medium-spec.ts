import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import type { OverviewView } from './overview';
import type { StuckPage } from './stuck-schemas';
import { Transactions } from '@sinkron/database';

let api: RunningApi;
let officer: Caller;
let colleague: Caller;
let supervisor: Caller;
let jember: Caller;
beforeAll(async () => {
  api = await startApi();
  officer = caller(api.url, await api.officer('officer', '3319'));
  colleague = caller(api.url, await api.officer('officer', '3319'));
  supervisor = caller(api.url, await api.officer('supervisor', '33'));
  jember = caller(api.url, await api.officer('officer', '3509'));
});
afterAll(() => api.stop());

const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString();

async function newTicket(by = officer): Promise<string> {
  return (await by.post('/v1/tickets', someComplaint())).body.code;
}

async function stuck(by: Caller, query = ''): Promise<StuckPage> {
  const { status, body, text } = await by.get(`/v1/stuck${query}`);
  expect([status, text]).toEqual([200, expect.any(String)]);
  return body as unknown as StuckPage;
}

function sql(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  return api.app.get(Transactions, { strict: false }).query(statement, parameters);
}

describe('what is stuck', () => {
  it('lists what has waited longest, with who owns it, what comes next and who is told when', async () => {
    const first = await newTicket();
    const second = await newTicket();
    await officer.post(`/v1/tickets/${first}/suspend`, { reason: 'requirements_unmet' });
    const { items, counts } = await stuck(officer);
    expect(items.map(({ code }) => code)).toEqual([second, first]);
    expect(items[0]).toMatchObject({
      office: { code: '3319' },
      status: 'received',
      reason: 'waiting_for_hand_over',
      reasonText: expect.stringContaining('Menunggu dikirim'),
      owner: 'desk',
      waitingSince: expect.any(String),
      deadline: { told: 'every_office' },
      nextAttemptAt: expect.any(String),
      attempts: 0,
      hindrance: null,
      known: null,
    });
    expect(items[1]).toMatchObject({ owner: 'applicant', deadline: { told: 'office' }, nextAttemptAt: null });
    expect(counts).toMatchObject({ cases: 2, byOwner: { desk: 1, applicant: 1, centre: 0 } });
    expect((await stuck(officer, '?reason=requirements_unmet')).items.map(({ code }) => code)).toEqual([
      first,
    ]);
    const page = await stuck(officer, '?limit=1');
    const rest = await stuck(officer, `?limit=1&cursor=${page.nextCursor}`);
    expect([page, rest].map(({ items: [item] }) => item?.code)).toEqual([second, first]);
    expect(rest.nextCursor).toBeNull();
  });

  it('holds the tickets of the own offices only, and of those that are asked for', async () => {
    const code = await newTicket(jember);
    const codes = async (by: Caller, query: string) =>
      (await stuck(by, query)).items.map((item) => item.code);
    expect(await codes(officer, '')).not.toContain(code);
    expect(await codes(officer, '?office=3509')).toEqual([]);
    expect(await codes(supervisor, '?office=3509')).toEqual([]);
    expect(await codes(jember, '?office=3509')).toEqual([code]);
  });

  it.each([
    ['cursor=1', 'cursor'],
    ['cursor=12.not-an-id', 'cursor'],
    ['reason=lost', 'reason'],
  ])('refuses ?%s', async (query, field) => {
    const { status, body } = await officer.get(`/v1/stuck?${query}`);
    expect([status, body.errors]).toMatchObject([422, [{ field }]]);
  });

  it('says why and since when the gate is closed, and what lies there though it is due', async () => {
    await sql(`insert into gate (name, reason, closed_until, failures, since)
      values ('registry', 'quota_used_up', utc_timestamp(3) + interval 1 hour, 1, utc_timestamp(3))`);
    await sql(
      `update work set due_at = utc_timestamp(3) - interval 1 hour, leased_until = null where kind = 'deadline'`,
    );
    const { operations } = await stuck(officer);
    expect(operations.gate).toMatchObject({
      open: false,
      reason: 'quota_used_up',
      reasonText: expect.stringContaining('Kuota'),
      since: expect.any(String),
      until: expect.any(String),
    });
    expect(operations.lateWork).toContainEqual(expect.objectContaining({ kind: 'deadline', orMore: false }));
    await sql('delete from gate');
  });
});

describe('known, wait until', () => {
  it('is shown in the ticket and in the list, masked, and ended by whoever may', async () => {
    const code = await newTicket();
    const path = `/v1/tickets/${code}/wait`;
    const set = await officer.post(path, { until: tomorrow, reason: 'Lihat NIK 3319 9941 0798 0001' });
    expect(set.body).toMatchObject({ known: { until: tomorrow, by: { office: '3319' } } });
    expect(set.text).not.toContain('0798');
    const { items } = await stuck(officer);
    expect(items.find((item) => item.code === code)?.known).toMatchObject({ until: tomorrow });
    expect((await colleague.send('DELETE', path)).status).toBe(403);
    expect((await supervisor.send('DELETE', path)).body).toMatchObject({ known: null });
    expect((await supervisor.send('DELETE', path)).status).toBe(409);
    const { body } = await officer.get(`/v1/tickets/${code}/history`);
    expect(body.items.slice(-2)).toMatchObject([{ kind: 'wait_known' }, { kind: 'wait_ended' }]);
  });

  it.each([
    [{ until: '2020-01-01T00:00:00Z', reason: 'x' }, 'until'],
    [{ until: 'besok', reason: 'x' }, 'until'],
    [{ until: tomorrow }, 'reason'],
  ])('refuses %j', async (body, field) => {
    const answer = await officer.post(`/v1/tickets/${await newTicket()}/wait`, body);
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ field }]]);
  });
});

it('the overview says in one call how the centre is doing and what waits in the own offices', async () => {
  const { status, body } = await supervisor.get('/v1/overview');
  const { cases, centre, stuck: waiting } = body as unknown as OverviewView;
  expect(status).toBe(200);
  const { counts } = await stuck(supervisor);
  expect(cases).toEqual({ open: counts.cases, urgent: 0, overdue: 0 });
  expect(centre).toMatchObject({ open: true, reason: null, incidents: [], lastReadingAt: null });
  expect(waiting).toMatchObject({ byReason: counts.byReason, longest: expect.any(Array) });
  expect(waiting.longest.length).toBeLessThanOrEqual(5);
  expect((await officer.get('/v1/overview')).status).toBe(403);
});

describe('a contest', () => {
  const born = '1998-07-01';

  /** As the worker leaves it. */
  async function resolved(): Promise<string> {
    const code = await newTicket();
    await sql(
      `update ticket set state = 'resolved', status = 'resolved', open_marker = null, closed_at = utc_timestamp(3),
         waits_for = null, waiting_since = null, proof_id = id where code = ?`,
      [code],
    );
    return code;
  }

  it('is asked for by the applicant once, as a status is, and the page has a form for it', async () => {
    const code = await resolved();
    const applicant = caller(api.url);
    const ask = (birthDate: string) => applicant.post('/v1/status-checks/contest', { code, birthDate });
    expect((await applicant.post('/v1/status-checks', { code, birthDate: born })).body).toMatchObject({
      contest: { possible: true, askedAt: null, checkedAt: null },
    });
    const form = (path: string) =>
      fetch(`${api.url}${path}`, { method: 'POST', body: new URLSearchParams({ code, birthDate: born }) });
    const offered = await (await form('/cek')).text();
    expect(offered).toContain('action="/cek/sanggah"');
    expect(offered).not.toContain(born);
    const wrong = await ask('1998-07-02');
    const unknown = await applicant.post('/v1/status-checks', { code: 'x', birthDate: born });
    expect([wrong.status, wrong.body.errors]).toEqual([unknown.status, unknown.body.errors]);
    const asked = await (await form('/cek/sanggah')).text();
    expect(asked).toContain('sedang diperiksa lagi');
    expect(asked).not.toContain('action="/cek/sanggah"');
    expect((await ask(born)).status).toBe(409);
    expect((await officer.get(`/v1/tickets/${code}`)).body).toMatchObject({
      status: 'resolved',
      reason: 'contested',
    });
    expect((await stuck(officer, '?reason=contested')).items).toMatchObject([{ code, owner: 'centre' }]);
  });

  it('is refused for a ticket that is not resolved, and by an officer too late', async () => {
    const open = await newTicket();
    const refused = await caller(api.url).post('/v1/status-checks/contest', { code: open, birthDate: born });
    expect(refused.status).toBe(409);
    const code = await resolved();
    await sql('update ticket set closed_at = closed_at - interval 15 day where code = ?', [code]);
    const late = await officer.post(`/v1/tickets/${code}/contest`, { reason: 'Masih ditolak' });
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('laporan baru')]);
  });
});
