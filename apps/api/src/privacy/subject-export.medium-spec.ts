import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { Transactions } from '@sinkron/database';

jest.setTimeout(60_000);

let api: RunningApi;
let officer: Caller;
let supervisor: Caller & { id: string };
let jember: Caller;
let auditor: Caller;

beforeAll(async () => {
  api = await startApi({ environment: { RETENTION_DAYS: '30' } });
  officer = caller(api.url, await api.officer('officer', '3319'));
  const chief = await api.officer('supervisor', '3319');
  supervisor = { ...caller(api.url, chief), id: chief.id };
  jember = caller(api.url, await api.officer('supervisor', '3509'));
  auditor = caller(api.url, await api.officer('auditor', 'id'));
});
afterAll(() => api.stop());

interface Statement {
  kind: string;
  values: { applicant: object } | null;
  text: string | null;
}
interface Held {
  cases: {
    code: string;
    statements: Statement[];
    history: { kind: string; statement: string | null }[];
    escalations: { note: string | null; handoffs: { receipt: object | null }[] }[];
    participants: { office: string }[];
    told: { consent: object[]; notices: object[] };
    remembered: { route: string }[];
    retention: { wipeDueAt: string | null; wipedAt: string | null };
    cut: string[];
  }[];
  shared: { code: string; office: { code: string }; statements: Statement[] }[];
  isCut: boolean;
  trail: {
    items: { action: string; office: string; tickets: string[]; fields: string[] }[];
    nextCursor: string | null;
  };
}

const reason = 'Permintaan akses data di loket';

async function exportOf(by: Caller, nik: string, more: object = {}): Promise<Held> {
  const { status, body } = await by.post('/v1/subject-exports', { nik, reason, ...more });
  expect(status).toBe(200);
  return body as unknown as Held;
}

async function lastAudit(action: string) {
  const { body } = await auditor.get(`/v1/audit?action=${action}&limit=1`);
  return body.items[0] as unknown as { tickets: string[]; fields: string[]; detail: object } | undefined;
}

it('holds everything of a person: statements, history, notices and who read them', async () => {
  const complaint = someComplaint({}, { note: 'Datang dengan ibunya.', notices: ['whatsapp'] });
  const { nik } = complaint.applicant;
  const key = { 'idempotency-key': 'once' };
  const { code } = (await officer.post('/v1/tickets', complaint, key)).body;
  await officer.post(`/v1/tickets/${code}/corrections`, { applicant: { name: 'Melati Pertiwi Ayu' } });
  await officer.post(`/v1/tickets/${code}/notes`, { text: 'Pemohon dihubungi.' });
  await officer.post(`/v1/tickets/${code}/escalate`, { reason: 'Tutup malam ini.' });
  const { body: escalations } = await officer.get(`/v1/escalations?ticket=${code}`);
  const note = `NIK ${nik} sudah cocok.`;
  await officer.post(`/v1/escalations/${escalations.items[0]!.id}/resolve`, {
    outcome: 'fixed_at_centre',
    note,
  });
  await officer.post('/v1/tickets/search', { nik });
  await officer.get('/v1/tickets');
  await jember.post('/v1/tickets', complaint);

  const held = await exportOf(supervisor, nik);
  expect(held).toMatchObject({ shared: [], isCut: false });
  expect(held.cases).toHaveLength(1);
  const [only] = held.cases;
  expect(only).toMatchObject({
    code,
    cut: [],
    participants: [{ office: '3509' }],
    told: {
      consent: [{ channel: 'whatsapp', withdrawnAt: null }],
      notices: [{ template: 'notice_received', state: 'none', reason: 'channel_off' }],
    },
    remembered: [{ route: expect.stringContaining('tickets') }],
    retention: { wipeDueAt: null, wipedAt: null },
  });
  expect(only!.statements.map(({ kind }) => kind)).toEqual([
    'first',
    'correction',
    'note',
    'note',
    'repeat',
    'note',
  ]);
  expect(only!.statements[0]!.values).toMatchObject({
    applicant: complaint.applicant,
    note: 'Datang dengan ibunya.',
  });
  expect(only!.statements.map(({ text }) => text)).toContain('Pemohon dihubungi.');
  expect(only!.history.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['received', 'corrected', 'noted', 'escalated', 'repeated']),
  );
  expect(only!.history.at(-1)).toMatchObject({ kind: 'exported', statement: expect.any(String) });
  expect(only!.escalations[0]!.note).toBe(`NIK ${nik.slice(0, 4)}********${nik.slice(-4)} sudah cocok.`);

  const actions = held.trail.items.map(({ action }) => action);
  expect(actions[0]).toBe('subject_export');
  expect(actions).toEqual(expect.arrayContaining(['cases_listed', 'search', 'case_read']));
  for (const { tickets } of held.trail.items) expect(tickets).toEqual([code]);
  expect(held.trail.items.find(({ action }) => action === 'cases_listed')!.fields).toContain('nik:masked');
});

it('is audited with every field in full and every ticket, and never with the number', async () => {
  const complaint = someComplaint();
  const { nik } = complaint.applicant;
  const { code } = (await officer.post('/v1/tickets', complaint)).body;
  await exportOf(supervisor, nik);
  const row = await lastAudit('subject_export');
  expect(row!.tickets).toEqual([code]);
  expect(row!.fields).toEqual(expect.arrayContaining(['nik', 'kk', 'name', 'birthDate', 'phone', 'note']));
  expect(JSON.stringify(row)).not.toContain(nik.slice(4, 12));
});

it('is the same document, empty, for a stranger and for a person of another region', async () => {
  const complaint = someComplaint();
  await officer.post('/v1/tickets', complaint);
  const unknown = someComplaint().applicant.nik;
  for (const nik of [complaint.applicant.nik, unknown]) {
    const { status, body } = await jember.post('/v1/subject-exports', { nik, reason });
    const { exportedAt: _, ...held } = body as unknown as Held & { exportedAt: string };
    expect([status, held]).toEqual([
      200,
      { cases: [], shared: [], isCut: false, trail: { items: [], nextCursor: null } },
    ]);
    expect(await lastAudit('subject_export')).toMatchObject({ tickets: [], fields: [] });
  }
});

it('shows an office that takes part only what was stated there', async () => {
  const complaint = someComplaint({}, { note: 'Hanya untuk Kudus.' });
  const { code } = (await officer.post('/v1/tickets', complaint)).body;
  const { note: _, ...repeat } = complaint as typeof complaint & { note: string };
  await jember.post('/v1/tickets', repeat);
  const held = await exportOf(jember, complaint.applicant.nik);
  expect(held.cases).toEqual([]);
  expect(held.shared).toMatchObject([{ code, office: { code: '3319' } }]);
  expect(held.shared[0]!.statements.map(({ kind }) => kind)).toEqual(['repeat', 'note']);
  expect(JSON.stringify(held)).not.toContain('Hanya untuk Kudus');
});

it('follows readings by the offices above, and by an office that handled the ticket before', async () => {
  const complaint = someComplaint();
  const { code } = (await officer.post('/v1/tickets', complaint)).body;
  await caller(api.url, await api.officer('supervisor', '33')).get('/v1/tickets');
  await officer.get('/v1/tickets');
  await officer.post(`/v1/tickets/${code}/transfer`, { office: '3509', reason: 'Pindah.' });
  const { trail } = await exportOf(jember, complaint.applicant.nik);
  const lists = trail.items.filter(({ action }) => action === 'cases_listed');
  expect(new Set(lists.map(({ office }) => office))).toEqual(new Set(['33', '3319']));
});

it('reaches back as far as the ticket, page after page', async () => {
  const complaint = someComplaint();
  const { nik } = complaint.applicant;
  const { code } = (await officer.post('/v1/tickets', complaint)).body;
  const long = 'utc_timestamp(3) - interval 40 day';
  await api.app.get(Transactions).execute(`update ticket set received_at = ${long} where code = ?`, [code]);
  const first = await exportOf(supervisor, nik);
  expect(first.trail.items.map(({ action }) => action)).toContain('subject_export');
  expect(first.trail.nextCursor).toEqual(expect.any(String));
  const second = await exportOf(supervisor, nik, { trailCursor: first.trail.nextCursor });
  expect(second.trail).toEqual({ items: [], nextCursor: null });
  expect(second.cases).toHaveLength(1);
});

it('leaves what is wiped as it is, and says so', async () => {
  const complaint = someComplaint();
  const { nik } = complaint.applicant;
  const { code } = (await officer.post('/v1/tickets', complaint)).body;
  await officer.post(`/v1/tickets/${code}/cancel`, {});
  const sql = api.app.get(Transactions);
  await sql.execute('update ticket set wiped_at = closed_at where code = ?', [code]);
  await sql.execute(
    'update statement set sealed = null where ticket_id = (select id from ticket where code = ?)',
    [code],
  );
  const { cases } = await exportOf(supervisor, nik);
  expect(cases[0]).toMatchObject({
    retention: { wipeDueAt: expect.any(String), wipedAt: expect.any(String) },
    statements: [{ kind: 'first', values: null }],
  });
  expect(cases[0]!.history.map(({ kind }) => kind)).not.toContain('exported');
});

it('refuses what is no NIK, nothing said, and officers', async () => {
  const { nik } = someComplaint().applicant;
  for (const body of [{ nik }, { nik: '3319', reason }, { nik, reason, trailCursor: 'x' }, { reason }])
    expect((await supervisor.post('/v1/subject-exports', body)).status).toBe(422);
  expect((await officer.post('/v1/subject-exports', { nik, reason })).status).toBe(403);
});

it('counts with the revealed values: 30 an hour', async () => {
  const chief = caller(api.url, await api.officer('supervisor', '3319'));
  const { nik } = someComplaint().applicant;
  for (let n = 0; n < 30; n++)
    expect((await chief.post('/v1/subject-exports', { nik, reason })).status).toBe(200);
  const { status, headers } = await chief.post('/v1/subject-exports', { nik, reason });
  expect([status, Number(headers.get('retry-after'))]).toEqual([429, expect.any(Number)]);
});
