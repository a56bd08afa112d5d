import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from './testing/desk';
import { Transactions } from '@sinkron/database';

let api: RunningApi;
let kudus: Caller;
let jember: Caller;
beforeAll(async () => {
  api = await startApi();
  kudus = caller(api.url, await api.officer('officer', '3319'));
  jember = caller(api.url, await api.officer('officer', '3509'));
});
afterAll(() => api.stop());

describe('a complaint', () => {
  it('makes a ticket with a code and a receipt', async () => {
    const { status, headers, body, text } = await kudus.post('/v1/tickets', someComplaint());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      code: expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/),
      status: 'received',
      urgent: false,
      repeat: false,
      repeatCount: 0,
      office: { code: '3319', name: 'Kudus' },
    });
    expect(headers.get('location')).toBe(`/v1/tickets/${body.code}`);
    expect(body.receipt).toContain(body.code);
    expect(body.receipt).toContain('/cek');
    expect(text).not.toContain('httpStatus');
    const due = new Date(body.dueAt).getTime() - Date.now();
    expect(due / 3_600_000).toBeCloseTo(26, 0);
  });

  it('has the purpose of the CPNS desk unless it says otherwise', async () => {
    const { body } = await kudus.post('/v1/tickets', someComplaint({}, { purpose: undefined }));
    const { body: read } = await kudus.get(`/v1/tickets/${body.code}`);
    expect(read).toMatchObject({ purpose: 'cpns_sscasn' });
  });

  it('is told what is odd about it, in the language that is asked for', async () => {
    const odd = someComplaint({ birthDate: '1998-07-02' });
    const { body } = await kudus.post('/v1/tickets', odd, { 'accept-language': 'en' });
    expect(body.warnings).toContainEqual({
      field: 'applicant.nik',
      code: 'nik_birth_date_differs',
      message: expect.stringContaining('birth date differs'),
    });
  });

  it("is urgent by an officer's flag, and is on the list of escalations", async () => {
    const flagged = someComplaint({}, { urgent: { reason: 'Pendaftaran tutup malam ini' } });
    const { body } = await kudus.post('/v1/tickets', flagged);
    expect(body).toMatchObject({ urgent: true });
    const { body: list } = await kudus.get(`/v1/escalations?ticket=${body.code}`);
    expect(list.items).toMatchObject([{ reason: 'officer_flag', state: 'open' }]);
  });
});

describe('a repeat', () => {
  it('is filed under the open ticket', async () => {
    const complaint = someComplaint();
    const { body: first } = await kudus.post('/v1/tickets', complaint);
    const again = await kudus.post('/v1/tickets', {
      ...complaint,
      channel: 'phone',
      applicant: { ...complaint.applicant, name: 'Melati Lestari' },
    });
    expect([again.status, again.headers.get('location')]).toEqual([200, null]);
    expect(again.body).toMatchObject({ code: first.code, repeat: true, repeatCount: 1 });
    expect(again.body.warnings).toContainEqual(
      expect.objectContaining({ field: 'applicant.name', code: 'differs_from_case' }),
    );
    expect(again.text).not.toMatch(/Melati/);
  });

  it('at another office makes it a participant, who is told little and moves nothing', async () => {
    const complaint = someComplaint();
    const { body: first } = await kudus.post('/v1/tickets', complaint);
    const path = `/v1/tickets/${first.code}`;
    expect((await jember.get(path)).status).toBe(404);

    const repeat = await jember.post('/v1/tickets', complaint);
    expect(repeat.status).toBe(200);
    expect(repeat.body).toMatchObject({ code: first.code, office: { code: '3319' }, repeatCount: 1 });
    expect(repeat.body).not.toHaveProperty('dueAt');
    expect(repeat.body.receipt).toContain(first.code);

    expect((await jember.get(path)).body).toMatchObject({ access: 'participant' });
    expect((await jember.post(`${path}/notes`, { text: 'Pemohon juga datang ke sini.' })).status).toBe(201);
    expect((await jember.post(`${path}/cancel`)).status).toBe(403);
    const { body: found } = await jember.post('/v1/tickets/search', { nik: complaint.applicant.nik });
    expect(found.items).toMatchObject([{ code: first.code, access: 'participant' }]);
    expect((await jember.get('/v1/tickets')).body.items.map(({ code }) => code)).not.toContain(first.code);
  });

  it('holds under 50 at once from two offices: one ticket, 49 repeats', async () => {
    const complaint = someComplaint();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => (n % 2 ? jember : kudus).post('/v1/tickets', complaint)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
    expect(new Set(answers.map(({ body }) => body.code)).size).toBe(1);
    const counts = answers.map(({ body }) => body.repeatCount).sort((a, b) => a - b);
    expect(counts).toEqual(Array.from({ length: 50 }, (_, n) => n));
    const { body } = await kudus.get(`/v1/tickets/${answers[0]?.body.code}`);
    expect(body).toMatchObject({ repeatCount: 49 });
  });
});

describe('what is invalid is refused, naming the field', () => {
  const whole = someComplaint();
  const applicant = (changes: object) => ({ ...whole, applicant: { ...whole.applicant, ...changes } });

  it.each([
    [
      'a NIK that is a number',
      applicant({ nik: Number(whole.applicant.nik) }),
      'applicant.nik',
      'wrong_type',
    ],
    ['15 digits', applicant({ nik: '331999410798000' }), 'applicant.nik', 'nik_not_16_digits'],
    ['a NIK of 31 February', applicant({ nik: '3319993102980001' }), 'applicant.nik', 'nik_date_impossible'],
    [
      'a birth date of 31 February',
      applicant({ birthDate: '1998-02-31' }),
      'applicant.birthDate',
      'date_not_real',
    ],
    ['a KK that is the NIK', applicant({ kk: whole.applicant.nik }), 'applicant.kk', 'kk_equals_nik'],
    ['a name of spaces', applicant({ name: '  ' }), 'applicant.name', 'name_empty'],
    ['no name', applicant({ name: undefined }), 'applicant.name', 'required'],
    [
      'a field of the applicant that is not known',
      applicant({ height: 1 }),
      'applicant.height',
      'unknown_field',
    ],
    ['a field that is not known', { ...whole, priority: 1 }, 'priority', 'unknown_field'],
    ['a cause that is not known', { ...whole, cause: 'magic' }, 'cause', 'unknown_value'],
    ['a channel that is not known', { ...whole, channel: 'fax' }, 'channel', 'unknown_value'],
    ['urgent without a reason', { ...whole, urgent: true }, 'urgent', 'wrong_type'],
    [
      'a deadline without a zone',
      { ...whole, deadlineAt: '2026-12-01T23:59:00' },
      'deadlineAt',
      'invalid_format',
    ],
    [
      'a deadline of the year 9999',
      { ...whole, deadlineAt: '9999-12-01T23:59:00Z' },
      'deadlineAt',
      'deadline_year',
    ],
    ['no applicant', { ...whole, applicant: undefined }, 'applicant', 'required'],
    ['nothing', undefined, 'body', 'required'],
  ])('%s', async (_what, body, field, code) => {
    const indonesian = await kudus.post('/v1/tickets', body);
    const english = await kudus.post('/v1/tickets', body, { 'accept-language': 'en' });
    expect([indonesian.status, english.status]).toEqual([422, 422]);
    const error = expect.objectContaining({ field, code });
    expect(indonesian.body).toMatchObject({
      title: 'Isian perlu diperbaiki',
      errors: expect.arrayContaining([error]),
    });
    expect(english.body).toMatchObject({
      title: 'Input needs correction',
      errors: expect.arrayContaining([error]),
    });
    expect(english.body.errors).not.toEqual(indonesian.body.errors);
    expect(indonesian.text).not.toContain(whole.applicant.nik);
  });
});

describe('an Idempotency-Key', () => {
  const withKey = (key: string) => ({ 'idempotency-key': key });

  it('gets the same answer for the same body, whatever the order of its fields', async () => {
    const complaint = someComplaint();
    const first = await kudus.post('/v1/tickets', complaint, withKey('same-1'));
    const turned = Object.fromEntries(Object.entries(complaint).toReversed());
    const again = await kudus.post('/v1/tickets', turned, withKey('same-1'));
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const { body } = await kudus.get(`/v1/tickets/${first.body.code}`);
    expect(body).toMatchObject({ repeatCount: 0 });
  });

  it('holds for twins in flight', async () => {
    const complaint = someComplaint();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => kudus.post('/v1/tickets', complaint, withKey('twins'))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    const { body } = await kudus.get(`/v1/tickets/${answers[0]?.body.code}`);
    expect(body).toMatchObject({ repeatCount: 0 });
  });

  it("is refused for another body, and is each officer's own", async () => {
    await kudus.post('/v1/tickets', someComplaint(), withKey('other-1'));
    const other = await kudus.post('/v1/tickets', someComplaint(), withKey('other-1'));
    expect(other.status).toBe(422);
    expect(other.body.errors).toMatchObject([{ field: 'Idempotency-Key', code: 'key_reused' }]);
    expect((await jember.post('/v1/tickets', someComplaint(), withKey('other-1'))).status).toBe(201);
  });

  it('of a refused request is free again', async () => {
    const complaint = someComplaint();
    const refused = await kudus.post('/v1/tickets', { ...complaint, cause: 'magic' }, withKey('free-1'));
    expect(refused.status).toBe(422);
    expect((await kudus.post('/v1/tickets', complaint, withKey('free-1'))).status).toBe(201);
  });

  it.each(['', 'two words', 'x'.repeat(256), 'é'])('cannot be "%s"', async (key) => {
    const { status, body } = await kudus.post('/v1/tickets', someComplaint(), withKey(key));
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field: 'Idempotency-Key', code: 'key_format' }]);
  });

  it('is kept as a digest alone, whatever it says', async () => {
    const key = 'sari-wulandari-08100000077';
    await kudus.post('/v1/tickets', someComplaint(), withKey(key));
    const transactions = api.app.get(Transactions);
    const rows = await transactions.query('select * from idempotency');
    const kept = rows.flatMap((row) =>
      Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))),
    );
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.join('\n')).not.toMatch(/sari|08100000077/);
    const other = await kudus.post('/v1/tickets', someComplaint(), withKey(key));
    expect([other.status, other.text.includes(key)]).toEqual([422, false]);
  });

  it.each(['nik', 'kk'] as const)(
    'cannot be made of the %s, which would pass proxies in the clear',
    async (number) => {
      const complaint = someComplaint();
      const key = `cpns-${complaint.applicant[number]}-1`;
      const { status, body } = await kudus.post('/v1/tickets', complaint, withKey(key));
      expect([status, body.errors]).toMatchObject([
        422,
        [{ field: 'Idempotency-Key', code: 'key_personal' }],
      ]);
    },
  );

  it('may be 255 characters long', async () => {
    const { status } = await kudus.post('/v1/tickets', someComplaint(), withKey('~'.repeat(255)));
    expect(status).toBe(201);
  });
});

it('nobody complains without signing in', async () => {
  expect((await caller(api.url).post('/v1/tickets', someComplaint())).status).toBe(401);
});
