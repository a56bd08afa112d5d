import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { Transactions } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';

let api: RunningApi;
let officer: Caller;
let applicant: Caller;
beforeAll(async () => {
  api = await startApi();
  officer = caller(api.url, await api.officer('officer', '3319'));
  applicant = caller(api.url);
});
afterAll(() => api.stop());

const born = '1998-07-01';

async function newCode(changes = {}): Promise<string> {
  return (await officer.post('/v1/tickets', { ...someComplaint(), ...changes })).body.code;
}

function check(code: unknown, birthDate: unknown, headers = {}) {
  return applicant.post('/v1/status-checks', { code, birthDate }, headers);
}

/** A code that could be, and is nobody's. */
const nobodys = '7K3M-XQ94-HTRJ';

describe('a status check', () => {
  it('gives the status and what to do, and nothing of the person', async () => {
    const code = await newCode();
    const { status, body, text } = await check(code.toLowerCase().replaceAll('-', ' '), born);
    expect(status).toBe(200);
    expect(body).toEqual({
      code,
      status: 'received',
      urgent: false,
      message: expect.stringContaining('sudah kami terima'),
      nextStep: expect.any(String),
      dueAt: expect.stringMatching(/Z$/),
      expected: null,
      contest: null,
      notice: null,
    });
    expect(text).not.toMatch(/Melati|3319|1998/);
    const english = await check(code, born, { 'accept-language': 'en' });
    expect(english.body.message).toContain('We have your report');
  });

  it('tells of a fault at the centre that holds up many, in the words that were chosen for all of them', async () => {
    const code = await newCode();
    const transactions = api.app.get(Transactions);
    const escalations = api.app.get(Escalations, { strict: false });
    await transactions.run((transaction) =>
      escalations.openIncident(transaction, 'centre_not_answering', {}),
    );
    const { body } = await check(code, born);
    expect(body.notice).toMatch(/^Layanan pusat sedang terganggu sejak .* WIB/);

    const supervisor = caller(api.url, await api.officer('supervisor', 'id'));
    const id = (await supervisor.get('/v1/escalations?state=open')).body.items[0]?.id;
    const words = {
      id: 'Pemeliharaan sampai 20.00, bukan 3319994107980001.',
      en: 'Maintenance until 20:00.',
    };
    const said = await supervisor.post(`/v1/escalations/${id}/broadcast`, words);
    expect(said.status).toBe(200);
    expect((await check(code, born)).body.notice).toMatch(/^Pemeliharaan sampai 20.00, bukan 3319\*+0001.$/);
    expect((await check(code, born, { 'accept-language': 'en' })).body.notice).toBe(words.en);
    const kept = await transactions.query('select detail from escalation where incident is not null');
    expect(JSON.stringify(kept)).not.toContain('3319994107980001');
    expect((await officer.post(`/v1/escalations/${id}/broadcast`, words)).status).toBe(403);
    const page = await fetch(`${api.url}/cek`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ code, birthDate: born }),
    });
    expect(await page.text()).toContain('Pemeliharaan sampai 20.00');

    await transactions.run((transaction) => escalations.closeIncident(transaction, 'centre_not_answering'));
    expect((await check(code, born)).body.notice).toBeNull();
  });

  it('says the reason that an officer gave', async () => {
    const code = await newCode();
    await officer.post(`/v1/tickets/${code}/reject`, { reason: 'wrong_line', note: 'rahasia' });
    const { body, text } = await check(code, born);
    expect(body).toMatchObject({ status: 'rejected', message: expect.stringContaining('layanan lain') });
    expect(text).not.toContain('rahasia');
  });

  it('names the documents that are missing, and where to try again for this purpose', async () => {
    const code = await newCode({ purpose: 'bank' });
    const asked = { reason: 'requirements_unmet', documents: ['family_card', 'identity_card'] };
    await officer.post(`/v1/tickets/${code}/suspend`, asked);
    expect((await check(code, born)).body.message).toContain('Yang kurang: KK terbaru, KTP-el.');
    expect((await check(code, born)).text).not.toContain('SSCASN');
    await officer.post(`/v1/tickets/${code}/resume`);
    expect((await check(code, born)).body.message).not.toContain('Yang kurang');
  });

  it('answers whatever is wrong with one and the same 404', async () => {
    const code = await newCode();
    const lastSign = code.at(-1) === '2' ? '3' : '2';
    const wrongs = [
      [code, '1998-07-02'],
      [code, '31-02-1998'],
      [code, ''],
      [code, `${born}\u0000`],
      [nobodys, born],
      [`${code.slice(0, -1)}${lastSign}`, born],
      ['', born],
      ["' or 1=1 -- ", born],
      ['x'.repeat(5_000), born],
    ];
    const answers = await Promise.all(wrongs.map(([wrong, date]) => check(wrong, date)));
    const told = answers.map(({ status, headers, body }) => {
      const { correlationId: _, ...rest } = body;
      const named = ['content-type', 'content-language', 'cache-control', 'vary', 'retry-after'];
      return { status, headers: named.map((name) => headers.get(name)), rest };
    });
    expect(told[0]?.status).toBe(404);
    for (const answer of told) expect(answer).toEqual(told[0]);
  });

  it.each([
    [{ code: 0, birthDate: born }, 'code'],
    [{ code: { code: 0 }, birthDate: born }, 'code'],
    [{ code: nobodys }, 'birthDate'],
    [{ code: nobodys, birthDate: born, nik: '3319' }, 'nik'],
  ])('refuses %j', async (body, field) => {
    const answer = await applicant.post('/v1/status-checks', body);
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ field }]]);
  });

  it.each(['a real code', 'a code of nobody'])(
    'closes %s after five wrong answers, to right and wrong alike',
    async (what) => {
      const code = what === 'a real code' ? await newCode() : `${nobodys.slice(0, 9)}${Date.now() % 1e6}`;
      if (what === 'a real code') expect((await check(code, born)).status).toBe(200);
      const spellings = [code, code.toLowerCase(), code.replaceAll('-', ''), ` ${code} `, code];
      for (const spelling of spellings) expect((await check(spelling, '1998-07-02')).status).toBe(404);
      for (const date of [born, '1998-07-02']) {
        const { status, headers } = await check(code, date);
        expect(status).toBe(429);
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(800);
      }
    },
  );

  it('lets right answers through without end, and lets no burst have more than five guesses', async () => {
    const code = await newCode();
    for (let n = 0; n < 8; n++) expect((await check(code, born)).status).toBe(200);
    const right = await Promise.all(Array.from({ length: 20 }, () => check(code, born)));
    expect(right.filter(({ status }) => status === 200)).toHaveLength(20);
    const guesses = await Promise.all(Array.from({ length: 20 }, () => check(code, '1998-07-02')));
    expect(guesses.filter(({ status }) => status === 404)).toHaveLength(5);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(15);
  });
});

describe('/cek', () => {
  const ask = (fields: Record<string, string>) =>
    fetch(`${api.url}/cek`, { method: 'POST', body: new URLSearchParams(fields) });

  it('is one small page without a script, under a strict policy', async () => {
    const { status, headers, text } = await applicant.get('/cek');
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/html; charset=utf-8',
      'public, max-age=300, must-revalidate',
    ]);
    expect(Buffer.byteLength(text)).toBeLessThan(10_000);
    expect(text).not.toMatch(/<script|https?:|\son\w+=|<link|<img/i);
    expect(text).toMatch(/<html lang="id">/);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).not.toMatch(/script-src|unsafe/);
  });

  it('answers in place, with the time in words, for dates in either writing', async () => {
    const code = await newCode();
    for (const birthDate of [born, '1-7-1998', '01/07/1998']) {
      const answer = await ask({ code, birthDate });
      const page = await answer.text();
      expect(answer.status).toBe(200);
      expect(page).toContain(code);
      expect(page).toMatch(/Batas waktu: \w+, \d+ \w+ \d{4} pukul \d\d\.\d\d WIB/);
      expect(page).not.toMatch(/Melati|1998-07-01/);
    }
  });

  it('tells one sentence for whatever is wrong, and shows nothing that was typed', async () => {
    const code = await newCode();
    const pages = await Promise.all(
      [
        { code, birthDate: '1998-07-02' },
        { code: nobodys, birthDate: born },
        { code: '<script>alert(1)</script>', birthDate: born },
      ].map(async (fields) => {
        const answer = await ask(fields);
        return [answer.status, await answer.text()] as const;
      }),
    );
    expect(pages[0]?.[0]).toBe(404);
    for (const page of pages) expect(page).toEqual(pages[0]);
    expect(pages[0]?.[1]).toContain('tidak cocok');
    expect(pages[0]?.[1]).not.toContain('alert(1)');
  });

  it('asks for what is missing, and shares the count of wrong answers', async () => {
    const missing = await ask({ code: nobodys });
    expect([missing.status, await missing.text()]).toEqual([
      422,
      expect.stringContaining('Isi kode laporan'),
    ]);
    const code = await newCode();
    for (let n = 0; n < 5; n++) await check(code, '1998-07-02');
    const closed = await ask({ code, birthDate: born });
    expect([closed.status, await closed.text()]).toEqual([429, expect.stringContaining('menit lagi')]);
    expect(closed.headers.get('retry-after')).not.toBeNull();
  });
});
