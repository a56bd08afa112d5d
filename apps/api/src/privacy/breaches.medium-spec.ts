import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { Transactions } from '@sinkron/database';
import { noticesOverdue } from '@sinkron/observability';
import { Breaches } from '@sinkron/privacy';

jest.setTimeout(60_000);

let api: RunningApi;
let admin: Caller;
let auditor: Caller;
let kudus: Caller & { id: string };
let jember: Caller & { id: string };

beforeAll(async () => {
  api = await startApi();
  admin = caller(api.url, await api.officer('admin', 'id'));
  auditor = caller(api.url, await api.officer('auditor', 'id'));
  const one = await api.officer('officer', '3319');
  const other = await api.officer('officer', '3509');
  kudus = { ...caller(api.url, one), id: one.id };
  jember = { ...caller(api.url, other), id: other.id };
});
afterAll(() => api.stop());

interface Breach {
  id: string;
  office: string | null;
  officer: string | null;
  description: string | null;
  discoveredAt: string;
  noticeDueAt: string;
  noticeGivenAt: string | null;
  overdue: boolean;
}
interface Affected {
  at: string;
  action: string;
  officer: string;
  session: string;
  cases: { code: string | null; office: string | null }[];
  fields: { name: string; shown: string }[];
}

const hour = (from: number) => new Date(Date.now() + from * 3_600_000).toISOString();
const description = 'Sesi terbuka di loket, NIK 3319994107980001 terlihat.';

function breachOf(subject: object, more: object = {}) {
  return { discoveredAt: hour(-1), from: hour(-8), to: hour(1), description, ...subject, ...more };
}

async function record(subject: object, more: object = {}, by = admin): Promise<Breach> {
  const { status, body } = await by.post('/v1/breaches', breachOf(subject, more));
  expect([status, body.errors]).toEqual([201, undefined]);
  return body as unknown as Breach;
}

async function affectedBy({ id }: Breach, by = auditor): Promise<Affected[]> {
  const rows: Affected[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await by.get(`/v1/breaches/${id}/affected?limit=3${cursor}`);
    expect(status).toBe(200);
    rows.push(...(body.items as unknown as Affected[]));
    if (!body.nextCursor) return rows;
    cursor = `&cursor=${body.nextCursor}`;
  }
}

const seen = (rows: Affected[]) =>
  new Set(rows.flatMap(({ cases }) => cases.map(({ code }) => code).filter((code) => code !== null)));

it('answers whose data an officer saw, which fields, masked or full, and when', async () => {
  const alone = (await kudus.post('/v1/tickets', someComplaint())).body.code;
  const listed = (await kudus.post('/v1/tickets', someComplaint())).body.code;
  const other = (await jember.post('/v1/tickets', someComplaint())).body.code;
  await kudus.get('/v1/tickets');
  await kudus.post(`/v1/tickets/${alone}/reveal`, { reason: 'Pemohon di loket' });
  await jember.get('/v1/tickets');

  const rows = await affectedBy(await record({ officer: kudus.id }));
  expect(seen(rows)).toEqual(new Set([alone, listed]));
  expect(seen(rows)).not.toContain(other);
  expect(rows.map(({ at }) => at)).toEqual(
    rows
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  );
  const [reveal, list] = rows;
  expect(reveal).toMatchObject({
    action: 'reveal',
    officer: kudus.id,
    cases: [{ code: alone, office: '3319' }],
    fields: expect.arrayContaining([{ name: 'nik', shown: 'full' }]),
  });
  expect(list).toMatchObject({
    action: 'cases_listed',
    fields: expect.arrayContaining([{ name: 'nik', shown: 'masked' }]),
  });
  expect(list!.cases).toHaveLength(2);
});

it('goes by a session, by a token, and by an office with what lies below it', async () => {
  const lone = await api.officer('officer', '3319');
  const signedIn = caller(api.url, lone);
  const asked = { name: 'Laporan', scopes: ['cases:read'], expiresInDays: 1 };
  const { token, id } = (await signedIn.post('/v1/account/tokens', asked)).body as unknown as {
    token: string;
    id: string;
  };
  const byToken = caller(api.url, { authorization: `Bearer ${token}` });
  const { code } = (await signedIn.post('/v1/tickets', someComplaint())).body;
  await signedIn.get(`/v1/tickets/${code}`);
  await byToken.get('/v1/tickets?limit=1');

  const ofOfficer = await affectedBy(await record({ officer: lone.id }));
  const session = ofOfficer.find(({ action }) => action === 'case_read')!.session;
  const actions = (rows: Affected[]) => rows.map(({ action }) => action);
  expect(actions(await affectedBy(await record({ session })))).toEqual(['case_read']);
  expect(actions(await affectedBy(await record({ token: id })))).toEqual(['cases_listed']);
  // Sessions are forgotten when they are over.
  await api.app
    .get(Transactions)
    .execute('delete from session where id = ?', [Buffer.from(session.replaceAll('-', ''), 'hex')]);
  expect(actions(await affectedBy(await record({ session })))).toEqual(['case_read']);

  const ofProvince = await affectedBy(await record({ office: '33' }));
  expect(seen(ofProvince)).toContain(code);
  expect(ofProvince.map(({ officer }) => officer)).not.toContain(jember.id);
});

it('counts only what was done in the window', async () => {
  const rows = await affectedBy(await record({ officer: kudus.id }, { to: hour(-7) }));
  expect(rows).toEqual([]);
});

it('shows no more of the audit than the reader may see', async () => {
  const central = caller(api.url, await api.officer('admin', '33'));
  const local = caller(api.url, await api.officer('admin', '3319'));
  const breach = await record({ office: '33' }, {}, central);
  expect((await local.get(`/v1/breaches/${breach.id}`)).status).toBe(404);
  expect((await local.get(`/v1/breaches/${breach.id}/affected`)).status).toBe(404);
  expect((await local.post(`/v1/breaches/${breach.id}/notice`)).status).toBe(404);
  for (const subject of [{ officer: jember.id }, { office: '3509' }, { office: 'id' }, { office: '9999' }]) {
    const { status, body } = await local.post('/v1/breaches', breachOf(subject));
    expect([status, body.errors]).toMatchObject([422, [{ code: 'breach_subject_unknown' }]]);
  }
});

describe('the register', () => {
  it('keeps the description sealed, masked for those who may write it, hidden from those who only read', async () => {
    const breach = await record({ office: '3319' });
    expect(breach.description).toBe('Sesi terbuka di loket, NIK 3319********0001 terlihat.');
    const { body, text } = await auditor.get(`/v1/breaches/${breach.id}`);
    expect(body).toMatchObject({ id: breach.id, office: '3319', description: null });
    expect(text).not.toContain('loket');
    const [row] = await api.app
      .get(Transactions)
      .query<{ sealed: Buffer }>('select sealed from breach order by id desc limit 1');
    expect(row!.sealed.toString('latin1')).not.toContain('loket');
  });

  it('is due 72 hours after the discovery, with what is overdue at the head', async () => {
    const inTime = await record({ office: '3319' }, { discoveredAt: hour(-71) });
    const late = await record({ office: '3319' }, { discoveredAt: hour(-73), from: hour(-80) });
    expect([inTime.overdue, late.overdue]).toEqual([false, true]);
    expect(Date.parse(late.noticeDueAt) - Date.parse(late.discoveredAt)).toBe(72 * 3_600_000);
    const first = await auditor.get('/v1/breaches?limit=1');
    expect(first.body.items).toMatchObject([{ id: late.id, overdue: true }]);

    const { status, body } = await admin.post(`/v1/breaches/${late.id}/notice`);
    expect([status, body]).toMatchObject([200, { overdue: false, noticeGivenAt: expect.any(String) }]);
    expect((await admin.post(`/v1/breaches/${late.id}/notice`)).status).toBe(409);
    const ids: string[] = [];
    for (let cursor = ''; ;) {
      const page = await auditor.get(`/v1/breaches?limit=2${cursor}`);
      ids.push(...page.body.items.map(({ id }) => id));
      if (!page.body.nextCursor) break;
      cursor = `&cursor=${page.body.nextCursor}`;
    }
    expect([ids[0], ids.at(-1)]).toEqual([inTime.id, late.id]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('takes the instant at which notice was given, and none that cannot be', async () => {
    const { id } = await record({ office: '3319' }, { discoveredAt: hour(-10) });
    for (const givenAt of [hour(1), hour(-11)]) {
      const { status, body } = await admin.post(`/v1/breaches/${id}/notice`, { givenAt });
      expect([status, body.errors]).toMatchObject([422, [{ field: 'givenAt' }]]);
    }
    const givenAt = hour(-2);
    expect((await admin.post(`/v1/breaches/${id}/notice`, { givenAt })).body).toMatchObject({
      noticeGivenAt: givenAt,
    });
  });

  it('names the field that is invalid', async () => {
    const wrong: [object, string][] = [
      [breachOf({}), 'one_subject'],
      [breachOf({ office: '3319', officer: kudus.id }), 'one_subject'],
      [breachOf({ office: '3319' }, { to: hour(-9) }), 'window_order'],
      [breachOf({ office: '3319' }, { discoveredAt: hour(1) }), 'instant_in_future'],
      [breachOf({ officer: 'x' }), 'id_unknown'],
      [breachOf({ session: breachId }), 'breach_subject_unknown'],
    ];
    for (const [body, code] of wrong) {
      const answer = await admin.post('/v1/breaches', body);
      expect([answer.status, answer.body.errors]).toMatchObject([422, [{ code }]]);
    }
  });

  it('is audited, with no word of it', async () => {
    const { id } = await record({ office: '3319' });
    await auditor.get('/v1/breaches');
    await auditor.get(`/v1/breaches/${id}/affected`);
    await admin.post(`/v1/breaches/${id}/notice`);
    for (const action of ['breach_recorded', 'breaches_listed', 'breach_affected_read', 'breach_notice']) {
      const { body, text } = await auditor.get(`/v1/audit?action=${action}&limit=1`);
      expect(body.items).toMatchObject([{ action }]);
      expect(text).not.toContain('loket');
    }
  });
});

/** An id that names no session. */
const breachId = '0199aaaa-0000-7000-8000-000000000000';

it('an overdue notice shows in the figures until it is given', async () => {
  const breaches = api.app.get(Breaches, { strict: false });
  const shown = async () => {
    await breaches.watchNotices();
    return (await noticesOverdue.get()).values.find(({ labels }) => labels.of === 'breach')?.value;
  };
  const before = (await shown())!;
  await record({ office: '3319' }, { discoveredAt: hour(-71) });
  const { id } = await record({ office: '3319' }, { discoveredAt: hour(-73) });
  expect(await shown()).toBe(before + 1);
  await admin.post(`/v1/breaches/${id}/notice`);
  expect(await shown()).toBe(before);
});
