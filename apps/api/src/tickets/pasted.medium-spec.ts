import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from './testing/desk';

let api: RunningApi;
let officer: Caller;
let admin: Caller;
let applicant: Caller;
beforeAll(async () => {
  api = await startApi();
  officer = caller(api.url, await api.officer('supervisor', '3319'));
  admin = caller(api.url, await api.officer('admin', 'id'));
  applicant = caller(api.url);
});
afterAll(() => api.stop());

/** As chats send it: bold, with direction marks, a zero-width space and the full stop of the sentence. */
const chatted = (value: string) => `\u202a*${value.replaceAll('-', '\u2013')}*\u202c\u200b.`;

it('folds what people paste at every door of a ticket', async () => {
  const { applicant: typed, ...rest } = someComplaint({ name: "Nur'aini" });
  const { nik, kk, birthDate, phone } = typed;
  const pasted = {
    ...typed,
    name: 'Nur\u2019aini\u200b',
    nik: chatted(nik),
    kk: chatted(kk),
    birthDate: chatted(birthDate),
    phone: chatted(phone),
  };
  const filed = await officer.post('/v1/tickets', { ...rest, applicant: pasted });
  expect(filed.status).toBe(201);
  const { code } = filed.body;
  const label = `Kode laporan: ${chatted(code)}`;
  const path = `/v1/tickets/${encodeURIComponent(label)}`;

  const doors = [
    officer.get(path),
    officer.get(`${path}/history`),
    officer.post(`${path}/notes`, { text: 'Pemohon sudah dihubungi.' }),
    officer.post('/v1/tickets/search', { nik: chatted(nik) }),
    officer.post('/v1/tickets/search', { kk: chatted(kk), phone: chatted(phone) }),
    officer.get(`/v1/tickets?office=${encodeURIComponent('\u200e33.19')}`),
    applicant.post('/v1/status-checks', { code: label, birthDate: chatted(birthDate) }),
  ];
  for (const door of doors) {
    const { status, text } = await door;
    expect([200, 201]).toContain(status);
    if (!text.includes('"items"')) continue;
    expect(text).toContain(text.includes('"seq"') ? '"received"' : code);
  }
  const { items } = (await officer.post('/v1/tickets/search', { phone: chatted(phone) })).body;
  expect(items).toMatchObject([{ code }]);

  const form = new URLSearchParams({ code: label, birthDate: chatted('1-7-1998') });
  const page = await fetch(`${api.url}/cek`, { method: 'POST', body: form });
  expect(await page.text()).toContain(code);

  const corrected = await officer.post(`${path}/corrections`, { applicant: { kk: chatted(kk) } });
  expect(corrected).toMatchObject({ status: 200, body: { code } });
  expect((await officer.post(`${path}/reveal`, { reason: 'Dicocokkan dengan KTP' })).body).toMatchObject({
    applicant: { name: "Nur'aini", nik, kk, birthDate, phone },
  });
});

it('folds it for officers and contacts too', async () => {
  const pasted = {
    email: chatted('Sari@Demo.Sinkron.Test'),
    name: 'Sari\u200b Nur\u2019aini',
    office: '\u200e33.19',
    phone: chatted('0810-0000-077'),
  };
  const typed = {
    email: 'sari@demo.sinkron.test',
    name: "Sari Nur'aini",
    office: { code: '3319' },
    phone: '+628100000077',
  };
  const password = 'long enough to be a password';
  const made = await admin.post('/v1/officers', { ...pasted, role: 'officer', password });
  expect(made).toMatchObject({ status: 201, body: typed });
  const session = await applicant.post('/v1/sessions', { email: pasted.email, password });
  expect(session.status).toBe(201);
  expect(await admin.post('/v1/contacts', pasted)).toMatchObject({ status: 201, body: typed });
});

it('refuses a name with a lost letter, and says which field in the language of the caller', async () => {
  const body = someComplaint({ name: 'Ren\ufffd Melati' });
  for (const [language, sentence] of [
    ['id', /^Nama berisi huruf yang rusak/],
    ['en', /^The name holds a broken letter/],
  ] as const) {
    const refused = await officer.post('/v1/tickets', body, { 'accept-language': language });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        errors: [
          { field: 'applicant.name', code: 'name_unreadable', message: expect.stringMatching(sentence) },
        ],
      },
    });
  }
});
