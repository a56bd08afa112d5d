import { password, type RunningApi, startApi } from '../testing/start-api';
import { call, newcomer, refusal, signIn } from './testing/somebody';
import { Transactions } from '@sinkron/database';

// A hash of argon2id for everybody who is made or signs in, on machines that others use too.
jest.setTimeout(60_000);

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => api.stop());

const tickets = ['GET', '/v1/tickets'] as const;
const tokens = ['POST', '/v1/account/tokens'] as const;
const wanted = { name: 'Laporan mingguan', scopes: ['cases:read'], expiresInDays: 90 };

/** Somebody of Kudus with two sessions, on two machines. */
async function twice() {
  const person = await newcomer(api, 'officer');
  const [here, there] = [(await signIn(api, person.email)).body, (await signIn(api, person.email)).body];
  return { ...person, here: here.accessToken, there: there.accessToken };
}

async function sql(statement: string, id: string): Promise<void> {
  await api.app.get(Transactions, { strict: false }).execute(statement, [id.replaceAll('-', '')]);
}

async function statusOf(token: string): Promise<number> {
  return (await call(api, tickets, { token })).status;
}

function passTenSeconds(): void {
  const later = performance.now() + 10_001;
  jest.spyOn(performance, 'now').mockReturnValue(later);
}

describe('the own password', () => {
  const path = ['POST', '/v1/account/password'] as const;

  it('changes for whoever knows the present one, and ends the other sessions and all tokens', async () => {
    const { email, here, there } = await twice();
    const { token } = (await call(api, tokens, { token: here, body: wanted })).body;
    const body = { current: password, password: 'kata sandi yang berbeda sekali' };
    const wrong = await call(api, path, {
      token: here,
      body: { ...body, current: 'tidak tahu sama sekali' },
    });
    expect([refusal(wrong), wrong.body.errors[0]?.field]).toEqual(['403 password_wrong', 'current']);
    expect((await call(api, path, { token: here, body })).status).toBe(204);
    expect(await Promise.all([statusOf(here), statusOf(there), statusOf(token)])).toEqual([200, 401, 401]);
    expect((await signIn(api, email)).status).toBe(401);
    const changed = await call(api, ['POST', '/v1/sessions'], { body: { email, password: body.password } });
    expect(changed.status).toBe(201);
  });

  it('is refused when it is easy to guess, in the caller’s language', async () => {
    const { here, email } = await twice();
    for (const guess of ['Password12345', 'embun rimba 1', email, 'sinkron sinkron']) {
      const answer = await call(api, path, { token: here, body: { current: password, password: guess } });
      expect(refusal(answer)).toBe('422 password_common');
    }
    const body = { current: password, password: 'aaaaaaaaaaaa' };
    const told = await call(api, path, { token: here, body, language: 'id' });
    expect(told.body.errors[0]).toMatchObject({
      field: 'password',
      message: expect.stringContaining('mudah'),
    });
  });

  it('may be guessed as often as at the sign-in', async () => {
    const { here } = await twice();
    const body = { current: 'tidak tahu sama sekali', password: 'kata sandi yang berbeda sekali' };
    const guesses = await Promise.all(
      Array.from({ length: 10 }, () => call(api, path, { token: here, body })),
    );
    expect(guesses.map(({ status }) => status)).toEqual(Array(10).fill(403));
  });

  it('is asked for also where administrators give passwords to others', async () => {
    const { id, authorization } = await api.officer('admin', '33');
    const own = ['PATCH', `/v1/officers/${id}`] as const;
    const token = authorization.slice('Bearer '.length);
    const answer = await call(api, own, { token, body: { password: 'kata sandi yang berbeda sekali' } });
    expect([refusal(answer), answer.body.errors[0]?.field]).toEqual(['409 own_account', 'password']);
    expect(await statusOf(token)).toBe(200);
  });

  it('is judged by the same rule when an administrator chooses it', async () => {
    const { authorization } = await api.officer('admin', 'id');
    const { id } = await newcomer(api, 'officer');
    const token = authorization.slice('Bearer '.length);
    const officer = { email: 'lain@demo.sinkron.test', name: 'Bunga', role: 'officer', office: '3319' };
    const created = await call(api, ['POST', '/v1/officers'], {
      token,
      body: { ...officer, password: 'dukcapil2026' },
    });
    expect(refusal(created)).toBe('422 password_common');
    const changed = await call(api, ['PATCH', `/v1/officers/${id}`], {
      token,
      body: { password: 'embunrimba12' },
    });
    expect(refusal(changed)).toBe('422 password_common');
  });
});

describe('phone and zone', () => {
  const own = ['GET', '/v1/account'] as const;
  const change = ['PATCH', '/v1/account'] as const;

  it('are changed by their owner, kept through a new name and a new password, and taken away', async () => {
    const { id, here } = await twice();
    const shown = async () => (await call(api, own, { token: here })).body;
    expect(await shown()).toMatchObject({ phone: null, zone: null });
    const reach = { phone: '+628100000071', zone: 'Asia/Jayapura' };
    const changed = await call(api, change, { token: here, body: { ...reach, phone: '0810-0000-071' } });
    expect([changed.status, changed.body]).toMatchObject([200, { id, ...reach }]);

    const token = (await api.officer('admin', '33')).authorization.slice(7);
    const officer = ['PATCH', `/v1/officers/${id}`] as const;
    expect((await call(api, officer, { token, body: { name: 'Embun Pagi' } })).body).toMatchObject(reach);
    const next = { current: password, password: 'kata sandi yang berbeda sekali' };
    await call(api, ['POST', '/v1/account/password'], { token: here, body: next });
    expect(await shown()).toMatchObject({ name: 'Embun Pagi', ...reach });
    const given = { password: 'kata sandi pemberian admin', phone: '+628100000072' };
    expect((await call(api, officer, { token, body: given })).body).toMatchObject({ phone: given.phone });

    const taken = await call(api, officer, { token, body: { phone: null, zone: null } });
    expect(taken.body).toMatchObject({ name: 'Embun Pagi', phone: null, zone: null });
  });

  it('change one without the other, and nothing else by the same route', async () => {
    const { here } = await twice();
    await call(api, change, { token: here, body: { phone: '+628100000073' } });
    const zoned = await call(api, change, { token: here, body: { zone: 'Asia/Makassar' } });
    expect(zoned.body).toMatchObject({ phone: '+628100000073', zone: 'Asia/Makassar' });
    const cleared = await call(api, change, { token: here, body: { phone: null } });
    expect(cleared.body).toMatchObject({ phone: null, zone: 'Asia/Makassar' });
    const odd = [
      { phone: '12ab' },
      { zone: 'Asia/Tokyo' },
      { role: 'admin' },
      { name: 'Lain' },
      { email: 'a@b.id' },
    ];
    for (const body of odd) expect((await call(api, change, { token: here, body })).status).toBe(422);
  });

  it('are audited by their names, and the phone lies in no table as it is', async () => {
    const { id, here } = await twice();
    await call(api, change, { token: here, body: { phone: '+628100000074', zone: null } });
    const [act] = await api.app
      .get(Transactions, { strict: false })
      .query<{ detail: string }>(
        "select detail from audit where action = 'account_updated' and officer_id = unhex(?)",
        [id.replaceAll('-', '')],
      );
    expect(JSON.parse(act!.detail)).toEqual({ fields: ['phone', 'zone'] });
    const admin = (await api.officer('admin', 'id')).authorization.slice(7);
    const list = await call(api, ['GET', '/v1/officers?limit=100'], { token: admin });
    expect(list.body.items.find((officer) => officer.id === id)).toMatchObject({ phone: '+628100000074' });
    const [listed] = await api.app
      .get(Transactions, { strict: false })
      .query<{ detail: string }>(
        "select detail from audit where action = 'officers_listed' order by at desc",
      );
    expect(JSON.parse(listed!.detail)).toMatchObject({
      fields: ['officer.name', 'officer.email', 'officer.phone'],
    });
    for (const table of ['officer', 'audit', 'session']) {
      const rows = JSON.stringify(
        await api.app.get(Transactions, { strict: false }).query(`select * from \`${table}\``),
        (_, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value),
      );
      expect(rows).not.toContain('8100000074');
    }
  });
});

describe('sessions', () => {
  it('are shown to their owner, masked and without tokens', async () => {
    const { here } = await twice();
    const { body } = await call(api, ['GET', '/v1/sessions'], { token: here });
    const shown = {
      id: expect.any(String),
      createdAt: expect.any(String),
      lastSeenAt: expect.any(String),
      expiresAt: expect.any(String),
      network: expect.stringMatching(/^fd00:[0-9a-f]+:[0-9a-f]+::\/48$/),
    };
    expect(body).toEqual({
      items: [
        { ...shown, current: true },
        { ...shown, current: false },
      ],
      nextCursor: null,
    });
  });

  it('are ended one by one by their owner, and by nobody else', async () => {
    const { here, there } = await twice();
    const stranger = await twice();
    const { items } = (await call(api, ['GET', '/v1/sessions'], { token: there })).body;
    const { id } = items.find(({ current }) => current)!;
    const end = async (token: string, which: string) =>
      (await call(api, ['DELETE', `/v1/sessions/${which}`], { token })).status;
    expect(await end(stranger.here, id)).toBe(404);
    expect(await statusOf(there)).toBe(200);
    expect(await end(here, 'nobody')).toBe(404);
    expect(await end(here, id)).toBe(204);
    expect(await Promise.all([statusOf(there), statusOf(here)])).toEqual([401, 200]);
    expect(await end(here, id)).toBe(404);
  });

  it('end everywhere at their owner’s word, refresh tokens and access tokens too', async () => {
    const { email, here, there } = await twice();
    const { token } = (await call(api, tokens, { token: here, body: wanted })).body;
    const { refreshToken } = (await signIn(api, email)).body;
    expect((await call(api, ['DELETE', '/v1/sessions'], { token: here })).status).toBe(204);
    expect(await Promise.all([statusOf(here), statusOf(there), statusOf(token)])).toEqual([401, 401, 401]);
    const refreshed = await call(api, ['POST', '/v1/sessions/refresh'], { body: { refreshToken } });
    expect(refreshed.status).toBe(401);
  });

  it('end, and tokens with them, at the word of an administrator of the scope', async () => {
    const { id, here, there } = await twice();
    const { token } = (await call(api, tokens, { token: here, body: wanted })).body;
    const own = await api.officer('admin', '33');
    const other = await api.officer('admin', '3509');
    const end = async ({ authorization }: { authorization: string }) =>
      (await call(api, ['DELETE', `/v1/officers/${id}/sessions`], { token: authorization.slice(7) })).status;
    expect(await end(other)).toBe(404);
    expect(await Promise.all([statusOf(here), statusOf(token)])).toEqual([200, 200]);
    expect(await end(own)).toBe(204);
    expect(await Promise.all([statusOf(here), statusOf(there), statusOf(token)])).toEqual([401, 401, 401]);
    const act = 'select session_id from audit where action = ? and officer_id = unhex(?)';
    const [row] = await api.app
      .get(Transactions, { strict: false })
      .query<{ session_id: Buffer | null }>(act, ['sessions_ended', own.id.replaceAll('-', '')]);
    expect(row?.session_id).toBeInstanceOf(Buffer);
  });
});

describe('a personal access token', () => {
  it('does not come back with an account that was closed', async () => {
    const { id, here } = await twice();
    const { token } = (await call(api, tokens, { token: here, body: wanted })).body;
    const admin = (await api.officer('admin', '33')).authorization.slice(7);
    for (const disabled of [true, false])
      await call(api, ['PATCH', `/v1/officers/${id}`], { token: admin, body: { disabled } });
    passTenSeconds();
    expect(await statusOf(token)).toBe(401);
  });

  it('is shown once and does what its scopes name, and never more than that', async () => {
    const { here } = await twice();
    const { status, body } = await call(api, tokens, { token: here, body: wanted });
    expect([status, body.token]).toEqual([201, expect.stringMatching(/^sinkron_pat_[\w-]{64}$/)]);
    const { token } = body;
    expect(await statusOf(token)).toBe(200);
    const closed = [
      ['POST', '/v1/tickets'],
      ['GET', '/v1/escalations'],
      ['GET', '/v1/account'],
      ['GET', '/v1/sessions'],
      ['DELETE', '/v1/sessions'],
      ['POST', '/v1/account/tokens'],
      ['DELETE', '/v1/sessions/current'],
      ['GET', '/v1/officers'],
      ['GET', '/v1/offices'],
    ] as const;
    const answers = await Promise.all(closed.map((route) => call(api, route, { token })));
    expect(answers.map(({ status }) => status)).toEqual(closed.map(() => 403));
    expect(await statusOf(here)).toBe(200);

    const list = await call(api, ['GET', '/v1/account/tokens'], { token: here });
    expect(list.body.items).toEqual([
      {
        id: body.id,
        name: wanted.name,
        scopes: wanted.scopes,
        createdAt: expect.any(String),
        expiresAt: expect.any(String),
        lastUsedAt: expect.any(String),
      },
    ]);
  });

  it('is of no use with another secret, after its time, when it is revoked, or without its owner', async () => {
    const make = async (token: string) => (await call(api, tokens, { token, body: wanted })).body;
    const owner = await twice();
    const [whole, expired, revoked] = [
      await make(owner.here),
      await make(owner.here),
      await make(owner.here),
    ];
    const last = whole.token.at(-1) === 'A' ? 'Q' : 'A';
    expect(await statusOf(whole.token.slice(0, -2) + last + last)).toBe(401);
    for (const noise of ['sinkron_pat_', 'sinkron_pat_x', `sinkron_pat_${'_'.repeat(64)}`])
      expect(await statusOf(noise)).toBe(401);

    await sql('update personal_token set expires_at = utc_timestamp(3) where id = unhex(?)', expired.id);
    expect(await statusOf(expired.token)).toBe(401);

    expect(await statusOf(revoked.token)).toBe(200);
    const revoke = async (token: string, id: string) =>
      (await call(api, ['DELETE', `/v1/account/tokens/${id}`], { token })).status;
    expect(await revoke((await twice()).here, revoked.id)).toBe(404);
    expect(await revoke(owner.here, revoked.id)).toBe(204);
    expect(await statusOf(revoked.token)).toBe(401);

    expect(await statusOf(whole.token)).toBe(200);
    await sql('update officer set disabled_at = utc_timestamp(3) where id = unhex(?)', owner.id);
    passTenSeconds();
    expect(await statusOf(whole.token)).toBe(401);
  });

  it('does less when its owner’s role does, within ten seconds', async () => {
    const { id, here } = await twice();
    const { token } = (await call(api, tokens, { token: here, body: wanted })).body;
    expect(await statusOf(token)).toBe(200);
    await sql("update officer set role = 'auditor' where id = unhex(?)", id);
    passTenSeconds();
    expect(await statusOf(token)).toBe(403);
    jest.restoreAllMocks();
    await sql("update officer set role = 'supervisor' where id = unhex(?)", id);
    jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 20_002);
    expect(refusal(await call(api, tickets, { token }))).toBe('403 second_factor_required');
  });

  it('is not made with scopes beyond the role, for longer than a year, or without a name', async () => {
    const { here } = await twice();
    const liaison = await newcomer(api, 'liaison');
    const { accessToken } = (await signIn(api, liaison.email)).body;
    const beyond = await call(api, tokens, { token: accessToken, body: wanted });
    expect(refusal(beyond)).toBe('422 scope_beyond_role');
    const odd = [
      { ...wanted, expiresInDays: 366 },
      { ...wanted, expiresInDays: 0 },
      { ...wanted, scopes: [] },
      { ...wanted, scopes: ['cases:read', 'cases:read'] },
      { ...wanted, scopes: ['account'] },
      { ...wanted, scopes: ['officers:write'] },
      { ...wanted, name: ' ' },
      { ...wanted, officerId: 'x' },
    ];
    for (const body of odd) expect((await call(api, tokens, { token: here, body })).status).toBe(422);
  });

  it('leaves neither itself nor its name in the tables', async () => {
    const { here } = await twice();
    const { token } = (await call(api, tokens, { token: here, body: wanted })).body;
    for (const table of ['personal_token', 'audit']) {
      const rows = JSON.stringify(
        await api.app.get(Transactions, { strict: false }).query(`select * from \`${table}\``),
        (_, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value),
      );
      for (const told of [token, token.slice('sinkron_pat_'.length), wanted.name])
        expect(rows).not.toContain(told);
    }
  });
});
