import { nextCode, password, type RunningApi, startApi } from '../testing/start-api';
import { type Answer, call, newcomer, refusal, signIn } from './testing/somebody';
import { codeAt } from '@sinkron/accounts';
import { Transactions } from '@sinkron/database';

// A hash of argon2id for everybody who is made or signs in, on machines that others use too.
jest.setTimeout(60_000);

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => api.stop());

const now = () => new Date();
const tickets = ['GET', '/v1/tickets'] as const;
const begin = ['POST', '/v1/account/totp'] as const;
const confirm = ['POST', '/v1/account/totp/confirm'] as const;

async function tokenOf(answer: Promise<Answer>): Promise<string> {
  const { status, body } = await answer;
  expect(status).toBe(201);
  return body.accessToken;
}

/** Sets a factor up for whoever holds the token. */
async function enrol(token: string): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = (await call(api, begin, { token, body: { password } })).body;
  const { status, body } = await call(api, confirm, { token, body: { otp: codeAt(secret, now()) } });
  expect(status).toBe(200);
  return { secret, recoveryCodes: body.recoveryCodes };
}

async function enrolled(role: 'officer' | 'supervisor') {
  const person = await newcomer(api, role);
  const token = await tokenOf(signIn(api, person.email));
  return { ...person, token, ...(await enrol(token)) };
}

function passTenSeconds(): void {
  const later = performance.now() + 10_001;
  jest.spyOn(performance, 'now').mockReturnValue(later);
}

describe('a role that needs a second factor', () => {
  it('opens nothing before it is set up, and everything at once after', async () => {
    const { email } = await newcomer(api, 'supervisor');
    const token = await tokenOf(signIn(api, email));
    const closed = [
      call(api, tickets, { token }),
      call(api, ['GET', '/v1/officers'], { token }),
      call(api, ['POST', '/v1/account/tokens'], {
        token,
        body: { name: 'x', scopes: ['cases:read'], expiresInDays: 1 },
      }),
      call(api, ['POST', '/v1/account/password'], { token, body: { current: password, password } }),
    ];
    for (const answer of await Promise.all(closed)) {
      expect(refusal(answer)).toBe('403 second_factor_required');
      expect(answer.body.type).toBe('urn:sinkron:problem:second_factor_required');
    }
    const account = await call(api, ['GET', '/v1/account'], { token });
    expect(account.body).toMatchObject({
      email,
      role: 'supervisor',
      secondFactor: { required: true, setUp: false, recoveryCodesLeft: 0 },
    });
    expect((await call(api, ['GET', '/v1/sessions'], { token })).status).toBe(200);

    const { recoveryCodes } = await enrol(token);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await call(api, tickets, { token })).status).toBe(200);
  });

  it('is asked for it at every sign-in', async () => {
    const { email, secret } = await enrolled('supervisor');
    expect(refusal(await signIn(api, email))).toBe('401 otp_required');
    expect(refusal(await signIn(api, email, 'not-a-code'))).toBe('401 otp_wrong');
    const long = codeAt(secret, new Date(Date.now() - 90_000));
    expect(refusal(await signIn(api, email, long))).toBe('401 otp_wrong');
    expect((await signIn(api, email, nextCode(secret))).status).toBe(201);
  });

  it('counts within ten seconds when it is given to somebody who has none', async () => {
    const { id, email } = await newcomer(api, 'officer');
    const token = await tokenOf(signIn(api, email));
    expect((await call(api, tickets, { token })).status).toBe(200);
    const admin = await api.officer('admin', 'id');
    await fetch(`${api.url}/v1/officers/${id}`, {
      method: 'PATCH',
      headers: { authorization: admin.authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'supervisor' }),
    });
    passTenSeconds();
    expect(refusal(await call(api, tickets, { token }))).toBe('403 second_factor_required');
  });

  it('cannot do without it again; an officer can', async () => {
    const supervisor = await enrolled('supervisor');
    const remove = (token: string, secret: string) =>
      call(api, ['POST', '/v1/account/totp/remove'], { token, body: { password, otp: nextCode(secret) } });
    expect((await remove(supervisor.token, supervisor.secret)).status).toBe(403);
    expect(refusal(await signIn(api, supervisor.email))).toBe('401 otp_required');

    const officer = await enrolled('officer');
    expect(refusal(await signIn(api, officer.email))).toBe('401 otp_required');
    expect((await remove(officer.token, officer.secret)).status).toBe(204);
    expect((await signIn(api, officer.email)).status).toBe(201);
  });
});

describe('a code', () => {
  it('is good once, also for two who show it at the same moment', async () => {
    const { email, secret } = await enrolled('officer');
    const code = nextCode(secret);
    const both = await Promise.all([signIn(api, email, code), signIn(api, email, code)]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 401]);
    expect(refusal(await signIn(api, email, code))).toBe('401 otp_used');
  });

  it('is not good any more after a later one was used', async () => {
    const { email, secret } = await enrolled('officer');
    expect((await signIn(api, email, nextCode(secret))).status).toBe(201);
    expect(refusal(await signIn(api, email, codeAt(secret, now())))).toMatch(/401 otp_(used|wrong)/);
  });

  it('may be guessed ten times in a quarter of an hour, from wherever', async () => {
    const { email, secret } = await enrolled('officer');
    for (let n = 0; n < 10; n++) expect((await signIn(api, email, 'wrong1')).status).toBe(401);
    expect((await signIn(api, email, nextCode(secret))).status).toBe(429);
  });

  it('that is wrong behind the right password leaves a trace', async () => {
    const { id, email } = await enrolled('officer');
    await signIn(api, email, 'wrong1');
    const rows = await api.app
      .get(Transactions, { strict: false })
      .query<{ action: string }>('select action from audit where officer_id = unhex(?) order by seq', [
        id.replaceAll('-', ''),
      ]);
    expect(rows.map(({ action }) => action)).toEqual([
      'signed_in',
      'second_factor_begun',
      'second_factor_set_up',
      'otp_wrong',
    ]);
  });
});

describe('recovery codes', () => {
  it('stand in once each, and the next set replaces them', async () => {
    const { email, secret, recoveryCodes } = await enrolled('officer');
    const [first, second] = recoveryCodes;
    const token = await tokenOf(signIn(api, email, first!.toUpperCase()));
    expect(refusal(await signIn(api, email, first))).toBe('401 otp_wrong');
    const account = await call(api, ['GET', '/v1/account'], { token });
    expect(account.body).toMatchObject({ secondFactor: { setUp: true, recoveryCodesLeft: 9 } });

    const renew = (otp: string) =>
      call(api, ['POST', '/v1/account/recovery-codes'], { token, body: { password, otp } });
    const renewed = await renew(nextCode(secret));
    expect(renewed.status).toBe(201);
    expect(refusal(await signIn(api, email, second))).toBe('401 otp_wrong');
    expect((await signIn(api, email, renewed.body.recoveryCodes[0])).status).toBe(201);
  });

  it('are one person’s own', async () => {
    const one = await enrolled('officer');
    const other = await enrolled('officer');
    expect(refusal(await signIn(api, one.email, other.recoveryCodes[0]))).toBe('401 otp_wrong');
  });
});

describe('setting up', () => {
  it('needs the password, and the factor that is set up; that one is valid until the next is confirmed', async () => {
    const { email, token, secret } = await enrolled('officer');
    const wrong = { password: 'another long password', otp: nextCode(secret) };
    expect(refusal(await call(api, begin, { token, body: wrong }))).toBe('403 password_wrong');
    expect(refusal(await call(api, begin, { token, body: { password } }))).toBe('403 otp_required');
    const begun = await call(api, begin, { token, body: { password, otp: nextCode(secret) } });
    expect(begun.status).toBe(201);
    expect(begun.body.uri).toContain(`secret=${begun.body.secret}`);

    expect(refusal(await signIn(api, email, codeAt(begun.body.secret, now())))).toBe('401 otp_wrong');
    const wrongCode = await call(api, confirm, { token, body: { otp: nextCode(secret) } });
    expect(refusal(wrongCode)).toBe('403 otp_wrong');
    const otp = codeAt(begun.body.secret, now());
    expect((await call(api, confirm, { token, body: { otp } })).status).toBe(200);
    expect((await signIn(api, email, nextCode(begun.body.secret))).status).toBe(201);
  });

  it('ends the sessions that were opened without it, and keeps this one', async () => {
    const { email } = await newcomer(api, 'officer');
    const elsewhere = (await signIn(api, email)).body;
    const token = await tokenOf(signIn(api, email));
    await enrol(token);
    expect((await call(api, tickets, { token: elsewhere.accessToken })).status).toBe(401);
    const { refreshToken } = elsewhere;
    const refreshed = await call(api, ['POST', '/v1/sessions/refresh'], { body: { refreshToken } });
    expect(refreshed.status).toBe(401);
    expect((await call(api, tickets, { token })).status).toBe(200);
  });

  it('has to be begun', async () => {
    const { email } = await newcomer(api, 'officer');
    const token = await tokenOf(signIn(api, email));
    expect((await call(api, confirm, { token, body: { otp: '123456' } })).status).toBe(409);
    const codes = await call(api, ['POST', '/v1/account/recovery-codes'], { token, body: { password } });
    expect(codes.status).toBe(409);
  });

  it('leaves neither secret nor recovery codes in the tables', async () => {
    const { secret, recoveryCodes } = await enrolled('officer');
    for (const table of ['second_factor', 'recovery_code', 'audit']) {
      const rows = JSON.stringify(
        await api.app.get(Transactions, { strict: false }).query(`select * from \`${table}\``),
        (_, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value),
      );
      for (const told of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
        expect(rows).not.toContain(told);
    }
  });
});

describe('an administrator', () => {
  it('resets the factor of another officer in the scope, and never the own', async () => {
    const officer = await enrolled('officer');
    const admin = await api.officer('admin', '33');
    const jember = await api.officer('admin', '3509');
    const reset = async (authorization: string, id: string) =>
      (await fetch(`${api.url}/v1/officers/${id}/totp`, { method: 'DELETE', headers: { authorization } }))
        .status;
    expect(await reset(jember.authorization, officer.id)).toBe(404);
    expect(await reset(`Bearer ${officer.token}`, officer.id)).toBe(403);
    expect(refusal(await signIn(api, officer.email))).toBe('401 otp_required');

    expect(await reset(admin.authorization, officer.id)).toBe(204);
    expect((await call(api, tickets, { token: officer.token })).status).toBe(401);
    expect((await signIn(api, officer.email)).status).toBe(201);
    expect(await reset(admin.authorization, admin.id)).toBe(403);
    expect(await reset(admin.authorization, 'nobody')).toBe(404);
  });
});
