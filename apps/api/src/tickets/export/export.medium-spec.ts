import { type RunningApi, startApi } from '../../testing/start-api';
import { caller, type Caller, someComplaint } from '../testing/desk';
import { Transactions } from '@sinkron/database';
import { parse } from 'csv-parse/sync';

jest.setTimeout(60_000);

let api: RunningApi;
let kudus: Caller;
let jember: Caller;
let supervisor: Caller;
beforeAll(async () => {
  api = await startApi();
  kudus = caller(api.url, await api.officer('officer', '3319'));
  jember = caller(api.url, await api.officer('officer', '3509'));
  supervisor = caller(api.url, await api.officer('supervisor', '3319'));
});
afterAll(() => api.stop());

const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[];

async function auditedTickets(): Promise<string[]> {
  const rows = await api.app
    .get(Transactions, { strict: false })
    .query<{ detail: string }>("select detail from audit where action = 'export' order by chain_id, seq");
  return rows.flatMap(({ detail }) => (JSON.parse(detail) as { tickets: string[] }).tickets);
}

it('holds the tickets of the scope as the list shows them, page after page, and each of them is audited', async () => {
  const codes = [];
  for (let n = 0; n < 3; n++) codes.push((await kudus.post('/v1/tickets', someComplaint())).body.code);
  await jember.post('/v1/tickets', someComplaint());
  const { status, headers, text } = await supervisor.get('/v1/tickets/export');
  expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'attachment; filename="cases.csv"',
  ]);
  expect(headers.get('cache-control')).toBe('no-store');
  const rows = rowsOf(text);
  expect(rows.map(({ code }) => code)).toEqual(codes.toReversed());
  expect(rows[0]).toMatchObject({ office: '3319', status: 'received', name: 'M*** P***' });
  expect(text).not.toMatch(/Melati|\d{16}|\+62/);
  expect(await auditedTickets()).toEqual(rows.map(({ cursor }) => cursor));

  const rest = await supervisor.get(`/v1/tickets/export?cursor=${rows[0]?.cursor}`);
  expect(rowsOf(rest.text).map(({ code }) => code)).toEqual(codes.slice(0, 2).toReversed());
});

it('takes the filters of the list and no other', async () => {
  await kudus.post('/v1/tickets', someComplaint({}, { purpose: 'bpjs' }));
  const filtered = await supervisor.get('/v1/tickets/export?purpose=bpjs&channel=counter');
  expect(rowsOf(filtered.text)).toMatchObject([{ purpose: 'bpjs' }]);
  expect(rowsOf((await supervisor.get('/v1/tickets/export?office=3509')).text)).toEqual([]);
  for (const query of ['limit=5', 'purpose=none', 'cursor=x', 'to=2026']) {
    expect((await supervisor.get(`/v1/tickets/export?${query}`)).status).toBe(422);
  }
});

it('makes text of formulas in a name', async () => {
  for (const name of [`=cmd|' /C calc'!A0`, '+Melati', '-Melati', '@Melati']) {
    await kudus.post('/v1/tickets', someComplaint({ name }, { purpose: 'education' }));
  }
  const { text } = await supervisor.get('/v1/tickets/export?purpose=education');
  const names = rowsOf(text).map((row) => row['name']);
  expect(names).toHaveLength(4);
  for (const name of names) expect(name).toMatch(/^'[=+@-]/);
});

it('is not for officers', async () => {
  expect((await kudus.get('/v1/tickets/export')).status).toBe(403);
});
