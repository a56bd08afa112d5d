import { type RunningApi, startApi } from '../testing/start-api';
import { type Answer, caller, type Caller, someComplaint } from './testing/desk';

let api: RunningApi;
let kudus: Caller;
let jember: Caller;
let province: Caller;
let admin: Caller;
beforeAll(async () => {
  api = await startApi();
  kudus = caller(api.url, await api.officer('officer', '3319'));
  jember = caller(api.url, await api.officer('officer', '3509'));
  province = caller(api.url, await api.officer('supervisor', '33'));
  admin = caller(api.url, await api.officer('admin', 'id'));
});
afterAll(() => api.stop());

/** A new ticket of Kudus: the address under which it is read. */
async function newTicket(applicant: object = {}, rest: object = {}): Promise<string> {
  const { body } = await kudus.post('/v1/tickets', someComplaint(applicant, rest));
  return `/v1/tickets/${body.code}`;
}

function codes({ body }: Answer): string[] {
  return body.items.map(({ code }) => code);
}

describe('a ticket', () => {
  it('is read by its office and those above, and is nothing to others', async () => {
    const path = await newTicket();
    for (const officer of [kudus, province, admin]) expect((await officer.get(path)).status).toBe(200);
    for (const wrong of [path, `${path}/history`]) expect((await jember.get(wrong)).status).toBe(404);
    const unknown = await jember.get('/v1/tickets/7K3M-XQ94-HTRJ');
    const { correlationId: _one, ...elsewhere } = (await jember.get(path)).body;
    const { correlationId: _other, ...nowhere } = unknown.body;
    expect(elsewhere).toEqual(nowhere);
  });

  it('is read by its code in any spelling', async () => {
    const path = await newTicket();
    const { status } = await kudus.get(path.toLowerCase().replaceAll('-', ''));
    expect(status).toBe(200);
  });

  it('shows identity masked, and its birth date not at all', async () => {
    const { applicant } = someComplaint();
    const path = await newTicket(applicant);
    const read = await kudus.get(path);
    expect(read.body).toMatchObject({
      access: 'owner',
      status: 'received',
      applicant: { name: 'M*** P***', nik: `3319********${applicant.nik.slice(-4)}` },
      evidence: { before: null, after: null, readings: [], handOvers: [] },
    });
    expect(read.text).not.toMatch(/Melati|1998-07-01/);
    expect(read.text).not.toContain(applicant.nik);
    expect(read.text).not.toContain(applicant.kk);
  });

  it('has a history with what officers wrote, numbers masked', async () => {
    const path = await newTicket(
      {},
      { symptom: 'NIK dan KK tidak sesuai', note: 'KK lama 3319991502200001' },
    );
    await kudus.post(`${path}/notes`, {
      text: 'NIK ayah 3319 9915 0265 0001, KK *(3319):(9915)\u200b(0265)\u00ad(O001)*, WA 0810-0000-077',
    });
    const { body, text } = await kudus.get(`${path}/history`);
    expect(body.items).toMatchObject([
      {
        seq: 1,
        kind: 'received',
        by: { office: '3319' },
        symptom: 'NIK dan KK tidak sesuai',
        note: 'KK lama 3319********0001',
      },
      {
        seq: 2,
        kind: 'noted',
        note: 'NIK ayah 3319 **** **** 0001, KK *(3319):(****)\u200b(****)\u00ad(O001)*, WA ****-****-077',
      },
    ]);
    expect(text).not.toMatch(/331999150220|9915|0810/);
  });
});

describe('the list', () => {
  it('is filtered, newest first, in pages', async () => {
    const made = [];
    for (let n = 0; n < 3; n++)
      made.unshift((await newTicket({}, { purpose: 'bpjs', channel: 'web' })).slice(12));
    const first = await kudus.get('/v1/tickets?purpose=bpjs&channel=web&limit=2');
    expect(codes(first)).toEqual(made.slice(0, 2));
    const next = await kudus.get(`/v1/tickets?purpose=bpjs&limit=2&cursor=${first.body.nextCursor}`);
    expect([codes(next), next.body.nextCursor]).toEqual([made.slice(2), null]);
    expect(codes(await kudus.get('/v1/tickets?purpose=bpjs&urgent=true'))).toEqual([]);
    expect(codes(await kudus.get('/v1/tickets?purpose=bpjs&urgent=false'))).toEqual(made);
    expect(codes(await kudus.get('/v1/tickets?purpose=bpjs&status=syncing'))).toEqual([]);
    expect(codes(await kudus.get('/v1/tickets?purpose=bpjs&status=received'))).toEqual(made);
  });

  it('holds the tickets of the own offices only, whatever is asked for', async () => {
    const code = (await newTicket({}, { purpose: 'education' })).slice(12);
    for (const office of ['3319', '33', 'id', '35']) {
      const list = await province.get(`/v1/tickets?purpose=education&office=${office}`);
      expect(codes(list)).toEqual(office === '35' ? [] : [code]);
    }
    expect(codes(await admin.get('/v1/tickets?purpose=education&office=33'))).toEqual([code]);
    expect(codes(await admin.get('/v1/tickets?purpose=education&office=35'))).toEqual([]);
    expect(codes(await admin.get('/v1/tickets?purpose=education'))).toEqual([code]);
    for (const query of ['', '&office=3319', '&office=33', '&office=id', '&office=nowhere']) {
      expect(codes(await jember.get(`/v1/tickets?purpose=education${query}`))).toEqual([]);
    }
  });

  it.each([
    ['nik=3319991212900001', 'nik'],
    ['status=lost', 'status'],
    ['urgent=yes', 'urgent'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['cursor=1', 'cursor'],
    ['status=received&status=queued', 'status'],
  ])('refuses ?%s', async (query, field) => {
    const { status, body, text } = await kudus.get(`/v1/tickets?${query}`);
    expect([status, body.errors]).toMatchObject([422, [{ field }]]);
    expect(text).not.toContain('3319991212900001');
  });
});

describe('search', () => {
  it('finds a person, a family card or a phone, in a body', async () => {
    const { applicant } = someComplaint();
    const code = (await newTicket(applicant)).slice(12);
    const { nik, kk, phone } = applicant;
    for (const wanted of [{ nik }, { kk }, { phone }, { nik, kk, phone }]) {
      expect(codes(await kudus.post('/v1/tickets/search', wanted))).toEqual([code]);
      expect(codes(await jember.post('/v1/tickets/search', wanted))).toEqual([]);
    }
  });

  it.each([
    [{}, 'body', 'nothing_given'],
    [{ nik: 3319994107980001 }, 'nik', 'wrong_type'],
    [{ nik: { like: '3319' } }, 'nik', 'wrong_type'],
    [{ name: 'Melati' }, 'name', 'unknown_field'],
  ])('refuses %j', async (wanted, field, code) => {
    const { status, body } = await kudus.post('/v1/tickets/search', wanted);
    expect(status).toBe(422);
    expect(body.errors).toContainEqual(expect.objectContaining({ field, code }));
  });
});

describe('moves', () => {
  it('suspend and resume: the clock stops, the place is kept', async () => {
    const path = await newTicket();
    const suspended = await kudus.post(`${path}/suspend`, {
      reason: 'requirements_unmet',
      note: 'KK menyusul',
    });
    expect(suspended.body).toMatchObject({ state: 'suspended', status: 'awaiting_documents' });
    expect(suspended.body.reasonText).toMatch(/persyaratan/);
    expect((await kudus.post(`${path}/suspend`, { reason: 'other' })).status).toBe(409);
    expect((await kudus.post(`${path}/resume`)).body).toMatchObject({ state: 'open', status: 'received' });
    expect((await kudus.post(`${path}/resume`)).status).toBe(409);
  });

  it('need no body where nothing is required', async () => {
    const path = await newTicket();
    const says = { 'content-type': 'application/json' };
    expect((await kudus.post(`${path}/repush`)).status).toBe(200);
    expect((await kudus.post(`${path}/repush`, undefined, says)).status).toBe(200);
    expect((await kudus.post(`${path}/repush`, {})).status).toBe(200);
    const refused = await kudus.post(`${path}/suspend`, undefined, says);
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ code: 'required' }]]);
  });

  it.each([
    ['suspend', { reason: 'bored' }, 'reason'],
    ['suspend', {}, 'reason'],
    ['reject', { reason: 'wrong_line', loud: true }, 'loud'],
    ['cancel', { note: 7 }, 'note'],
    ['escalate', { reason: ' ' }, 'reason'],
    ['transfer', { office: '3509' }, 'reason'],
    ['transfer', { office: '9999', reason: 'pindah' }, 'office'],
    ['transfer', { office: '35', reason: 'pindah' }, 'office'],
    ['corrections', { applicant: {} }, 'applicant'],
    ['corrections', { applicant: { nik: '3319993102980001' } }, 'applicant.nik'],
    ['corrections', { applicant: { name: 'Melati' }, channel: 'fax' }, 'channel'],
    ['corrections', { note: 'Salah ketik' }, 'applicant'],
    ['corrections', { deadlineAt: '2026-12-01' }, 'deadlineAt'],
    ['corrections', { purpose: 'sscasn' }, 'purpose'],
    ['notes', { text: '' }, 'text'],
    ['reveal', {}, 'reason'],
  ])('refuse %s with %j', async (move, body, field) => {
    const path = await newTicket();
    const answer = await kudus.post(`${path}/${move}`, body);
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ field }]]);
  });

  it('reject and cancel close it, and a closed ticket takes no other move than to be reopened', async () => {
    const rejected = await newTicket();
    expect((await kudus.post(`${rejected}/reject`, { reason: 'wrong_line' })).body).toMatchObject({
      status: 'rejected',
      outcome: 'wrong_line',
      closedAt: expect.any(String),
      reasonText: expect.stringContaining('bukan untuk layanan ini'),
    });
    const path = await newTicket();
    expect((await kudus.post(`${path}/cancel`)).body).toMatchObject({
      status: 'cancelled',
      outcome: 'cancelled',
    });
    for (const [move, body] of [
      ['suspend', { reason: 'other' }],
      ['resume', {}],
      ['reject', { reason: 'other' }],
      ['cancel', {}],
      ['repush', {}],
      ['escalate', { reason: 'darurat' }],
      ['corrections', { applicant: { name: 'Melati' } }],
      ['transfer', { office: '3509', reason: 'pindah' }],
    ] as const) {
      expect([move, (await kudus.post(`${path}/${move}`, body)).status]).toEqual([move, 409]);
    }
    const reopened = await kudus.post(`${path}/reopen`, { reason: 'Ternyata belum sesuai' });
    expect(reopened.body).toMatchObject({ status: 'received', round: 2, closedAt: null, outcome: null });
    expect((await kudus.post(`${path}/reopen`, { reason: 'lagi' })).status).toBe(409);
  });

  it('reopen is a conflict while another ticket of the person is open', async () => {
    const complaint = someComplaint();
    const { body: first } = await kudus.post('/v1/tickets', complaint);
    await kudus.post(`/v1/tickets/${first.code}/cancel`);
    const { status } = await kudus.post('/v1/tickets', complaint);
    expect(status).toBe(201);
    const again = await kudus.post(`/v1/tickets/${first.code}/reopen`, { reason: 'lagi' });
    expect(again.status).toBe(409);
  });

  it('corrections make a new revision, with warnings', async () => {
    const path = await newTicket();
    const { status, body } = await kudus.post(`${path}/corrections`, {
      applicant: { kk: '3319991502259999', birthDate: '1998-07-02' },
      channel: 'phone',
      note: 'Salah ketik',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ applicant: { kk: '3319********9999' } });
    expect(body.warnings).toContainEqual(expect.objectContaining({ code: 'nik_birth_date_differs' }));
    const { body: history } = await kudus.get(`${path}/history`);
    expect(history.items).toContainEqual(
      expect.objectContaining({
        kind: 'corrected',
        data: { fields: ['kk', 'birthDate'] },
        note: 'Salah ketik',
      }),
    );
  });

  it('corrections of the deadline and the purpose are judged at once, and are no new revision', async () => {
    const path = await newTicket();
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const near = await kudus.post(`${path}/corrections`, { purpose: 'bank', deadlineAt: inHours(3) });
    expect([near.status, near.body]).toMatchObject([200, { purpose: 'bank', urgent: true }]);
    const later = await kudus.post(`${path}/corrections`, {
      deadlineAt: inHours(300),
      note: 'Salah tanggal',
    });
    expect(later.body).toMatchObject({ urgent: false, reasonText: expect.any(String) });
    const { body: history } = await kudus.get(`${path}/history`);
    expect(history.items).toContainEqual(
      expect.objectContaining({ kind: 'corrected', data: { fields: ['deadlineAt'] }, note: 'Salah tanggal' }),
    );
  });

  it('corrections to a person with an open ticket are a conflict', async () => {
    const { applicant } = someComplaint();
    await newTicket(applicant);
    const { status } = await kudus.post(`${await newTicket()}/corrections`, {
      applicant: { nik: applicant.nik },
    });
    expect(status).toBe(409);
  });

  it('transfer gives it to another office, and the old one goes on reading', async () => {
    const path = await newTicket();
    const { body } = await kudus.post(`${path}/transfer`, { office: '3509', reason: 'Pemohon pindah' });
    expect(body).toMatchObject({ office: { code: '3509' }, access: 'participant' });
    const refused = await kudus.post(`${path}/cancel`);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('kantor lain')]);
    expect((await jember.get(path)).body).toMatchObject({ access: 'owner' });
    const { body: history } = await jember.get(`${path}/history`);
    expect(history.items).toContainEqual(
      expect.objectContaining({
        kind: 'transferred',
        data: { from: '3319', to: '3509' },
        note: 'Pemohon pindah',
      }),
    );
    expect((await jember.post(`${path}/transfer`, { office: '3509', reason: 'sama' })).status).toBe(409);
  });

  it('reveal shows the full values once, for a reason that stays', async () => {
    const { applicant } = someComplaint();
    const path = await newTicket(applicant);
    const typed = path.toLowerCase().replaceAll('-', '');
    const { status, body } = await kudus.post(`${typed}/reveal`, { reason: 'Dicocokkan dengan KTP' });
    expect([status, body]).toMatchObject([
      200,
      { code: path.slice('/v1/tickets/'.length), applicant: { nik: applicant.nik, birthDate: '1998-07-01' } },
    ]);
    const { body: history } = await kudus.get(`${path}/history`);
    expect(history.items).toContainEqual(
      expect.objectContaining({ kind: 'revealed', note: 'Dicocokkan dengan KTP' }),
    );
    expect((await jember.post(`${path}/reveal`, { reason: 'ingin tahu' })).status).toBe(404);
  });
});

describe('purposes', () => {
  it('have a closing instant, set by an administrator, that presses open cases', async () => {
    const path = await newTicket({}, { purpose: 'pppk_sscasn' });
    const closesAt = new Date(Date.now() + 3_600_000).toISOString();
    expect((await kudus.send('PUT', '/v1/purposes/pppk_sscasn', { closesAt })).status).toBe(403);
    const below = caller(api.url, await api.officer('admin', '33'));
    expect((await below.send('PUT', '/v1/purposes/pppk_sscasn', { closesAt })).status).toBe(403);
    const set = await admin.send('PUT', '/v1/purposes/pppk_sscasn', { closesAt });
    expect([set.status, set.body]).toEqual([200, { code: 'pppk_sscasn', closesAt }]);
    expect((await kudus.get('/v1/purposes')).body.items).toContainEqual({ code: 'pppk_sscasn', closesAt });
    expect((await kudus.get(path)).body).toMatchObject({ deadlineAt: closesAt });
    const { body } = await kudus.post('/v1/tickets', someComplaint({}, { purpose: 'pppk_sscasn' }));
    expect(body).toMatchObject({ urgent: true });
    await admin.send('PUT', '/v1/purposes/pppk_sscasn', { closesAt: null });
  });

  it.each([
    ['/v1/purposes/nothing', { closesAt: null }, 404],
    ['/v1/purposes/bank', { closesAt: '31-12-2026' }, 422],
    ['/v1/purposes/bank', {}, 422],
  ])('PUT %s %j', async (path, body, status) => {
    expect((await admin.send('PUT', path, body)).status).toBe(status);
  });
});

it('a diagnosis without the centre says so, and when to ask again', async () => {
  const cutOff = await startApi({ environment: { REGISTRY_URL: 'http://127.0.0.1:1' } });
  try {
    const officer = caller(cutOff.url, await cutOff.officer('officer', '3319'));
    const { applicant } = someComplaint();
    const { status, headers } = await officer.post('/v1/diagnoses', { applicant });
    expect([status, Number(headers.get('retry-after'))]).toEqual([502, expect.any(Number)]);
    expect((await officer.post('/v1/diagnoses', { applicant: { ...applicant, nik: 1 } })).status).toBe(422);
    expect((await officer.post('/v1/tickets', someComplaint())).status).toBe(201);
  } finally {
    await cutOff.stop();
  }
});
