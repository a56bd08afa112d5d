import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { syntheticNik } from '@sinkron/identity';

let api: RunningApi;
let officer: Caller;
let admin: Caller;
beforeAll(async () => {
  api = await startApi();
  officer = caller(api.url, await api.officer('officer', '3319'));
  admin = caller(api.url, await api.officer('admin', 'id'));
});
afterAll(() => api.stop());

const nik = syntheticNik({ regency: '3319', birthDate: '1998-07-01', sex: 'F', serial: 77 });
/** The same digits as another script writes them. */
const inScript = (zero: number, digits: string) =>
  [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');

describe.each([
  ['full-width', 0xff10],
  ['Arabic-Indic', 0x0660],
  ['Devanagari', 0x0966],
  ['mathematical', 0x1d7ce],
])('%s digits', (_script, zero) => {
  it.each(['nik', 'kk', 'birthDate'] as const)('are the same %s as plain ones', async (field) => {
    const complaint = someComplaint();
    const plain = complaint.applicant[field];
    const odd = plain.replace(/\d+/g, (digits) => inScript(zero, digits));
    const first = await officer.post('/v1/tickets', complaint);
    const again = { ...complaint, applicant: { ...complaint.applicant, [field]: odd } };
    const { status, body } = await officer.post('/v1/tickets', again);
    expect([status, body.code]).toEqual([200, first.body.code]);
  });

  it('find somebody in a search, and move no page', async () => {
    const { body } = await officer.post('/v1/tickets', someComplaint({ nik }));
    const search = await officer.post('/v1/tickets/search', { nik: inScript(zero, nik) });
    expect(search.body.items).toMatchObject([{ code: body.code }]);
    const list = await officer.get(`/v1/tickets?limit=${encodeURIComponent(inScript(zero, '5'))}`);
    expect(list.status).toBe(422);
  });

  it('in a note are masked like any other', async () => {
    const { code } = (await officer.post('/v1/tickets', someComplaint())).body;
    await officer.post(`/v1/tickets/${code}/notes`, { text: `NIK ${inScript(zero, nik)}` });
    const { text } = await officer.get(`/v1/tickets/${code}/history`);
    expect(text).not.toContain(inScript(zero, nik));
    expect(text).toContain('********');
  });
});

const nul = '\u0000';
const half = '\ud800';

describe.each([
  ['a NUL byte', nul],
  ['half of a surrogate pair', half],
])('%s', (_what, sign) => {
  it.each([
    ['name', 'applicant.name', { name: `Melati${sign}` }, {}],
    ['birth place', 'applicant.birthPlace', { birthPlace: `Ku${sign}dus` }, {}],
    ['phone', 'applicant.phone', { phone: `+628100000${sign}001` }, {}],
    ['e-mail address', 'applicant.email', { email: `a${sign}@demo.sinkron.test` }, {}],
    ['NIK', 'applicant.nik', { nik: `${nik}${sign}` }, {}],
    ['note', 'note', {}, { note: `a${sign}` }],
    ['symptom', 'symptom', {}, { symptom: `a${sign}` }],
    ['reason', 'urgent.reason', {}, { urgent: { reason: `a${sign}` } }],
    ['choice', 'cause', {}, { cause: `other${sign}` }],
  ])('is refused in a %s', async (_field, field, applicant, rest) => {
    const { status, body } = await officer.post('/v1/tickets', someComplaint(applicant, rest));
    expect([status, body.errors]).toMatchObject([422, [{ field }]]);
  });

  it.each([
    [
      '/v1/offices',
      { code: '3321', name: `De${sign}mak`, level: 'office', parent: '33', zone: 'Asia/Jakarta' },
    ],
    ['/v1/contacts', { office: 'id', name: `Bu${sign}nga`, phone: '+628100000077' }],
    ['/v1/contacts', { office: 'id', name: 'Bunga', phone: '+628100000077', role: `Ad${sign}min` }],
  ])('is refused by %s', async (path, body) => {
    expect((await admin.post(path, body)).status).toBe(422);
  });

  it('in an address leads nowhere', async () => {
    const sent = encodeURIComponent(sign === half ? '\ufffd' : sign);
    for (const path of [
      `/v1/tickets/7K3M${sent}`,
      `/v1/tickets?office=33${sent}`,
      `/v1/escalations?ticket=${sent}`,
    ]) {
      const { status, body } = await officer.get(path);
      expect([404, 422, 200]).toContain(status);
      if (status === 200) expect(body.items).toEqual([]);
    }
  });
});

describe('line ends', () => {
  const lines = 'x\r\nX-Injected: yes\r\n\r\n<script>';

  it.each([
    ['a name', { name: lines }, {}],
    ['a name with a line separator', { name: 'Melati\u2028Sari' }, {}],
    ['a birth date', { birthDate: `1998-07-01\r\nX: y` }, {}],
    ['a phone number', { phone: `+628100000001\r\nX: y` }, {}],
    ['an e-mail address', { email: `a@demo.sinkron.test\r\nBcc: b@demo.sinkron.test` }, {}],
    ['a channel', {}, { channel: `counter\r\n` }],
  ])('are refused in %s', async (_what, applicant, rest) => {
    expect((await officer.post('/v1/tickets', someComplaint(applicant, rest))).status).toBe(422);
  });

  it('in text that people write stay out of headers, receipt and link', async () => {
    const complaint = someComplaint({}, { note: lines, symptom: lines, urgent: { reason: lines } });
    const taken = await officer.post('/v1/tickets', complaint);
    expect(taken.status).toBe(201);
    expect(taken.headers.get('x-injected')).toBeNull();
    expect(taken.headers.get('location')).toBe(`/v1/tickets/${taken.body.code}`);
    expect(taken.body.receipt).not.toMatch(/Injected|script/);

    const { body: list } = await officer.get(`/v1/escalations?ticket=${taken.body.code}`);
    const { body: contact } = await admin.post('/v1/contacts', {
      office: 'id',
      name: 'Bunga',
      phone: '+628100000077',
    });
    const { body: handoff } = await officer.post(`/v1/escalations/${list.items[0]?.id}/handoffs`, {
      contactId: contact.id,
      channel: 'whatsapp',
    });
    expect(handoff.text).not.toMatch(/\r|Injected|script/);
    expect(handoff.waLink).toMatch(/^https:\/\/wa\.me\/628100000077\?text=[\w%.!~*'()-]+$/);
  });

  it.each(['accept-language', 'x-correlation-id', 'idempotency-key'])(
    'cannot come in by %s, and what comes in by it does not go out as it was',
    async (header) => {
      const { headers } = await officer.get('/v1/purposes', { [header]: 'en"; x=\u00ff<script>' });
      expect(JSON.stringify([...headers])).not.toContain('script');
    },
  );

  it.each(['a b', 'a\tb', 'é', 'x'.repeat(256)])('Idempotency-Key %j is refused', async (key) => {
    const answer = await officer.post('/v1/tickets', someComplaint(), { 'idempotency-key': key });
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ field: 'Idempotency-Key' }]]);
  });
});
