import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { Transactions } from '@sinkron/database';

jest.setTimeout(60_000);

interface Row {
  action: string;
  office: string | null;
  officer: string | null;
  session: string | null;
  ticket: string | null;
  tickets: string[];
  fields: string[];
  detail: Record<string, unknown>;
}

let api: RunningApi;
let kudus: Caller & { id: string };
let jember: Caller;
let auditor: Caller;
let code: string;
let contactId: string;

const masked = ['name', 'nik', 'kk', 'previousKk', 'phone'].map((name) => `${name}:masked`);

beforeAll(async () => {
  api = await startApi();
  const officer = await api.officer('officer', '3319');
  kudus = { ...caller(api.url, officer), id: officer.id };
  jember = caller(api.url, await api.officer('officer', '3509'));
  auditor = caller(api.url, await api.officer('auditor', 'id'));
  const admin = caller(api.url, await api.officer('admin', 'id'));
  const contact = { office: 'id', name: 'Cahaya Rimba', phone: '+628100000009' };
  contactId = (await admin.post('/v1/contacts', contact)).body.id;
  code = (await kudus.post('/v1/tickets', someComplaint())).body.code;
});
afterAll(() => api.stop());

/** The newest row of the audit that fits, as the auditor of the nation sees it. */
async function newest(query: string): Promise<Row | undefined> {
  const { body } = await auditor.get(`/v1/audit?${query}&limit=1`);
  return body.items[0] as Row | undefined;
}

it.each<[string, string, () => Promise<unknown>, Partial<Row>]>([
  ['a ticket', 'case_read', () => kudus.get(`/v1/tickets/${code}`), { fields: masked }],
  [
    'a move, which shows the ticket',
    'case_read',
    () => kudus.post(`/v1/tickets/${code}/notes`, { text: 'a' }),
    {},
  ],
  ['a list', 'cases_listed', () => kudus.get('/v1/tickets?urgent=false'), { fields: masked }],
  ['a history', 'history_read', () => kudus.get(`/v1/tickets/${code}/history`), { ticket: 'code' }],
  [
    'the full values',
    'reveal',
    () => kudus.post(`/v1/tickets/${code}/reveal`, { reason: 'Pemohon di loket' }),
    { ticket: 'code', fields: ['name', 'nik', 'kk', 'birthDate', 'birthPlace', 'sex', 'phone'] },
  ],
])('%s is audited: whose data, and which fields', async (_, action, read, row) => {
  await read();
  const { ticket, ...rest } = row;
  expect(await newest(`officer=${kudus.id}`)).toMatchObject({
    action,
    officer: kudus.id,
    office: '3319',
    session: expect.any(String),
    tickets: [code],
    ...(ticket && { ticket: code }),
    ...rest,
  });
});

it('a search is audited by what it found, and never by what was looked for', async () => {
  const { applicant } = someComplaint() as { applicant: { nik: string; phone: string } };
  await kudus.post('/v1/tickets/search', { nik: applicant.nik });
  const row = await newest('action=search');
  expect(row).toMatchObject({ tickets: [], fields: [], detail: { filter: ['nik'] } });
  expect(JSON.stringify(row)).not.toContain(applicant.nik.slice(6));
});

it('a question to the centre names no ticket', async () => {
  const { applicant } = someComplaint();
  const { status } = await kudus.post('/v1/diagnoses', { applicant });
  // The centre is not part of this test: what was not answered was not read.
  expect([status, await newest('action=diagnosis')]).toEqual([502, undefined]);
});

it('escalations and the texts of hand-offs are audited with their tickets', async () => {
  await kudus.post(`/v1/tickets/${code}/escalate`, { reason: 'Pendaftaran tutup malam ini' });
  const { body } = await kudus.get(`/v1/escalations?ticket=${code}`);
  const id = body.items[0]!.id;
  expect(await newest('action=escalations_listed')).toMatchObject({ tickets: [code] });
  await kudus.get(`/v1/escalations/${id}`);
  expect(await newest('action=escalation_read')).toMatchObject({ ticket: code, detail: { escalation: id } });
  await kudus.post(`/v1/escalations/${id}/handoffs`, { contactId, channel: 'whatsapp' });
  expect(await newest('action=handoff_composed')).toMatchObject({
    ticket: code,
    tickets: [code],
    fields: ['contact.phone', 'nik:masked', 'kk:masked'],
    detail: { escalation: id, contact: contactId },
  });
});

it('lists of officers, offices and contacts are audited', async () => {
  const admin = caller(api.url, await api.officer('admin', '33'));
  for (const list of ['officers', 'offices', 'contacts']) {
    await admin.get(`/v1/${list}`);
    expect(await newest(`action=${list}_listed`)).toMatchObject({ office: '33' });
  }
});

it('an applicant who asks leaves the ticket and nothing of themselves', async () => {
  const { status } = await caller(api.url).post('/v1/status-checks', { code, birthDate: '1998-07-01' });
  expect(status).toBe(200);
  expect(await newest('action=status_check')).toMatchObject({
    ticket: code,
    officer: null,
    office: null,
    session: null,
    detail: {},
  });
});

it('who asks for a ticket of another region is told that there is none, and is remembered', async () => {
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/history'],
    ['POST', '/reveal'],
  ] as const) {
    const body = method === 'POST' ? { reason: 'Ingin tahu' } : undefined;
    const before = await newest('action=refused');
    expect((await jember.send(method, `/v1/tickets/${code}${path}`, body)).status).toBe(404);
    const row = await newest('action=refused');
    expect(row).toMatchObject({ ticket: code, office: '3509' });
    expect(row).not.toEqual(before);
  }
});

it('shows nothing that cannot be recorded', async () => {
  const { dataSource } = api.app.get(Transactions);
  await dataSource.query('rename table audit to audit_away');
  try {
    const { status, text } = await kudus.get(`/v1/tickets/${code}`);
    expect([status, text.includes(code)]).toEqual([500, false]);
  } finally {
    await dataSource.query('rename table audit_away to audit');
  }
});

describe('reading the audit', () => {
  it('is for auditors and administrators, within their offices, and is audited', async () => {
    expect((await kudus.get('/v1/audit')).status).toBe(403);
    const jateng = caller(api.url, await api.officer('auditor', '33'));
    const { status, body } = await jateng.get('/v1/audit?limit=100');
    expect(status).toBe(200);
    const rows = body.items as unknown as Row[];
    expect(new Set(rows.map(({ office }) => office))).toEqual(new Set(['33', '3319']));
    expect(await newest('action=audit_read')).toMatchObject({ office: '33', detail: { filter: [] } });
    const own = caller(api.url, await api.officer('auditor', '3319'));
    const { body: page } = await own.get('/v1/audit');
    expect(new Set((page.items as unknown as Row[]).map(({ office }) => office))).toEqual(new Set(['3319']));
  });

  it('answers who saw a ticket, alone or among others', async () => {
    await kudus.get('/v1/tickets');
    const { body } = await auditor.get(`/v1/audit?ticket=${code}&limit=100`);
    const actions = new Set((body.items as unknown as Row[]).map(({ action }) => action));
    expect(actions).toContain('cases_listed');
    expect(actions).toContain('reveal');
    expect((await auditor.get('/v1/audit?ticket=0000-0000-0000')).status).toBe(404);
  });

  it('goes from page to page without a gap, newest first, between two instants', async () => {
    const all: { id: string; at: string }[] = [];
    const until = new Date().toISOString();
    for (let cursor = ''; ;) {
      const { body } = await auditor.get(`/v1/audit?limit=7&to=${until}${cursor}`);
      all.push(...(body.items as unknown as typeof all));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    const [{ n }] = await api.app
      .get(Transactions)
      .dataSource.query('select count(*) as n from audit where at < ?', [new Date(until)]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(Number(n));
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    const { body } = await auditor.get(`/v1/audit?from=${until}&action=search`);
    expect(body.items).toEqual([]);
  });

  it('refuses what is no filter', async () => {
    for (const query of ['officer=1', 'action=a%27b', 'from=kemarin', 'cursor=1', 'limit=0', 'kantor=3319'])
      expect((await auditor.get(`/v1/audit?${query}`)).status).toBe(422);
  });
});
