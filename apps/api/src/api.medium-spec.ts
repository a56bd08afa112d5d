import { request } from 'node:http';
import { connect } from 'node:net';
import { password, type RunningApi, startApi } from './testing/start-api';

let api: RunningApi;
beforeAll(async () => {
  // The example of a webhook is an address of the reader's own; here that is this machine.
  api = await startApi({ environment: { WEBHOOK_NETWORKS: '127.0.0.0/8' } });
});
afterAll(() => api.stop());

const json = { 'content-type': 'application/json' };

function post(path: string, body: string, headers: Record<string, string> = json) {
  return fetch(`${api.url}${path}`, { method: 'POST', body, headers });
}

/** What goes over the wire byte for byte; `fetch` would correct it. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

interface Operation {
  requestBody?: { content: Record<string, { schema: { example?: unknown } }> };
}

describe('problem documents', () => {
  it.each([
    ['JSON that is not', '{"email": "rahasia', json, 400],
    ['an empty body that says it is JSON', '', json, 400],
    ['a prototype key', '{"__proto__": {"rahasia": 1}}', json, 400],
    ['a constructor key', '{"constructor": {"prototype": {"rahasia": 1}}}', json, 400],
    ['deep nesting', `${'['.repeat(20_000)}"rahasia"${']'.repeat(20_000)}`, json, 400],
    ['more than 64 KiB', `"rahasia${'x'.repeat(70_000)}"`, json, 413],
    ['plain text', 'rahasia', { 'content-type': 'text/plain' }, 415],
    ['a form', 'email=rahasia&password=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['an odd type', 'rahasia', { 'content-type': 'application/json/rahasia' }, 415],
    ['a list', '[]', json, 422],
    ['wrong types and unknown fields', '{"email": 1, "password": ["rahasia"], "more": 2}', json, 422],
  ])('%s', async (_what, body, headers, status) => {
    const answer = await post('/v1/sessions', body, headers);
    const text = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(text).not.toMatch(/rahasia|\bat .*\.js/);
    expect(JSON.parse(text)).toMatchObject({
      status,
      correlationId: answer.headers.get('x-correlation-id'),
    });
  });

  it('names every field, in the language that is asked for', async () => {
    const body = JSON.stringify({ password: 7, more: 1 });
    const english = await post('/v1/sessions', body, { ...json, 'accept-language': 'en' });
    expect(english.headers.get('content-language')).toBe('en');
    expect(await english.json()).toMatchObject({
      title: 'Input needs correction',
      errors: [
        { field: 'email', code: 'required' },
        { field: 'password', code: 'wrong_type', message: 'Must be text in quotes.' },
        { field: 'more', code: 'unknown_field' },
      ],
    });
    expect(await (await post('/v1/sessions', body)).json()).toMatchObject({
      title: 'Isian perlu diperbaiki',
    });
  });

  it.each([
    ['an unknown address', 'GET', '/v1/rahasia/3319991212900001', 404],
    ['a method that is not there, to a stranger', 'PUT', '/v1/sessions', 404],
    ['a malformed address', 'GET', '/v1/%zz', 400],
    ['a path parameter without end', 'PATCH', `/v1/offices/${'9'.repeat(600)}`, 400],
  ])('%s', async (_what, method, path, status) => {
    const answer = await fetch(`${api.url}${path}`, { method });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await answer.text()).not.toMatch(/rahasia|9999|3319/);
  });

  it.each([
    ['a body of impossible length', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: rahasia\r\n\r\n'],
    ['not HTTP', 'rahasia\r\n\r\n'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'rahasia'.repeat(5_000)}\r\n\r\n`],
  ])('%s', async (_what, text) => {
    const [head = '', body = ''] = (await raw(text)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json/);
    expect(JSON.parse(body)).toMatchObject({ status: 400, type: 'urn:sinkron:problem:malformed' });
    expect(body).not.toContain('rahasia');
  });
});

describe('the correlation id', () => {
  it('is the one that was sent when it is harmless', async () => {
    const sent = 'abc-12345-xyz';
    const answer = await fetch(`${api.url}/health/live`, { headers: { 'x-correlation-id': sent } });
    expect(answer.headers.get('x-correlation-id')).toBe(sent);
  });

  it('is ours when it could be personal data', async () => {
    const answer = await fetch(`${api.url}/health/live`, {
      headers: { 'x-correlation-id': '3319991212900001' },
    });
    expect(answer.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('routes', () => {
  it.each(['/v1/offices', '/v1/officers', '/v1/%6fffices', '//v1/offices'])(
    'GET %s is closed without a token',
    async (path) => {
      const answer = await fetch(`${api.url}${path}`);
      expect([401, 404]).toContain(answer.status);
      if (answer.status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    },
  );

  it.each(['Bearer', 'Bearer x', 'Basic YTpi', 'Bearer a.b.c', 'bearer null'])(
    'does not take "%s" for a token',
    async (authorization) => {
      const answer = await fetch(`${api.url}/v1/offices`, { headers: { authorization } });
      expect(answer.status).toBe(401);
    },
  );

  it('lets administrators administer, and only them', async () => {
    const { authorization: officers } = await api.officer('officer', '3319');
    const { authorization: admins } = await api.officer('admin', '33');
    const list = (authorization: string) => fetch(`${api.url}/v1/offices`, { headers: { authorization } });
    expect((await list(officers)).status).toBe(403);
    const answer = (await (await list(admins)).json()) as { items: { code: string }[] };
    expect(answer.items.map(({ code }) => code)).toEqual(['33', '3319']);
  });
});

describe('sessions', () => {
  it('are opened, renewed and ended', async () => {
    const { email } = await api.officer('officer', '3319');
    const signedIn = await post('/v1/sessions', JSON.stringify({ email, password }));
    expect(signedIn.status).toBe(201);
    const first = (await signedIn.json()) as { accessToken: string; refreshToken: string; expiresIn: number };
    expect(first.expiresIn).toBeGreaterThanOrEqual(900);

    const refreshed = await post(
      '/v1/sessions/refresh',
      JSON.stringify({ refreshToken: first.refreshToken }),
    );
    expect(refreshed.status).toBe(200);
    const { accessToken } = (await refreshed.json()) as { accessToken: string };

    const end = () =>
      fetch(`${api.url}/v1/sessions/current`, {
        method: 'DELETE',
        // Many clients say so of every request, also of one without a body.
        headers: { ...json, authorization: `Bearer ${accessToken}` },
      });
    expect((await end()).status).toBe(204);
    expect((await end()).status).toBe(401);
  });

  it('a wrong password is a 401 that tells nothing', async () => {
    const { email } = await api.officer('officer', '3319');
    const answer = await post('/v1/sessions', JSON.stringify({ email, password: 'rahasia sekali' }));
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toMatch(/rahasia|petugas/);
  });
});

describe('administration', () => {
  it('adds, changes and disables an officer', async () => {
    const { authorization } = await api.officer('admin', 'id');
    const send = (method: string, path: string, body?: object) =>
      fetch(`${api.url}${path}`, {
        method,
        headers: { authorization, ...(method !== 'GET' && json) },
        ...(body && { body: JSON.stringify(body) }),
      });
    const input = {
      email: 'baru@demo.sinkron.test',
      name: 'Bunga',
      role: 'officer',
      office: '3319',
      password,
    };
    const created = await send('POST', '/v1/officers', input);
    expect(created.status).toBe(201);
    const { id } = (await created.json()) as { id: string };
    expect((await send('POST', '/v1/officers', input)).status).toBe(409);
    const changed = await send('PATCH', `/v1/officers/${id}`, { role: 'supervisor' });
    expect(await changed.json()).toMatchObject({ role: 'supervisor', office: { code: '3319' } });
    const disabled = await send('POST', `/v1/officers/${id}/disable`);
    expect([disabled.status, await disabled.json()]).toMatchObject([200, { disabled: true }]);
    expect((await send('PATCH', '/v1/officers/nobody', { role: 'officer' })).status).toBe(404);
    expect((await send('GET', '/v1/officers?limit=x')).status).toBe(422);
  });
});

it('an administrator cannot disable their own account', async () => {
  const own = await api.officer('admin', '33');
  const send = (method: string, path: string, body: object) =>
    fetch(`${api.url}/v1/officers/${own.id}${path}`, {
      method,
      headers: { ...json, authorization: own.authorization },
      body: JSON.stringify(body),
    });
  for (const lost of [{ disabled: true }, { role: 'supervisor' }, { office: '3319', name: 'Bunga' }]) {
    const answer = await send('PATCH', '', lost);
    const field = Object.keys(lost)[0];
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { errors: [{ field, code: 'own_account' }] },
    ]);
  }
  expect((await send('POST', '/disable', {})).status).toBe(409);
  const same = await send('PATCH', '', { role: 'admin', office: '33', name: 'Bunga' });
  expect([same.status, await same.json()]).toMatchObject([200, { name: 'Bunga', disabled: false }]);
});

describe('contacts', () => {
  it('are kept by administrators and read by the officers below', async () => {
    const { authorization: admin } = await api.officer('admin', 'id');
    const { authorization: officer } = await api.officer('officer', '3319');
    const body = JSON.stringify({ office: 'id', name: 'Bunga', phone: '0810-0000-077' });
    expect((await post('/v1/contacts', body, { ...json, authorization: officer })).status).toBe(403);
    expect((await post('/v1/contacts', body, { ...json, authorization: admin })).status).toBe(201);
    const list = await fetch(`${api.url}/v1/contacts`, { headers: { authorization: officer } });
    expect(await list.json()).toMatchObject({
      items: [{ name: 'Bunga', phone: '+628100000077', office: { code: 'id' }, disabled: false }],
      nextCursor: null,
    });
  });
});

describe('operations', () => {
  it('is alive and ready, and says by which clock', async () => {
    const live = await fetch(`${api.url}/health/live`);
    expect(live.status).toBe(200);
    const ready = await fetch(`${api.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      durations: 'production',
      checks: { database: { status: 'ok' }, migrations: { status: 'ok' }, redis: { status: 'ok' } },
    });
  });

  it('gives metrics to loopback, not to whom a proxy brings', async () => {
    const loopback = await fetch(`${api.url}/metrics`);
    expect(await loopback.text()).toMatch(/sinkron_http_request_seconds_count\{[^}]*route="\/health\/live"/);
    const forwarded = await fetch(`${api.url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } });
    expect(forwarded.status).toBe(401);
  });

  it('documents every route but lets a browser run scripts only there', async () => {
    const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/v1/sessions', '/health/ready']));
    const docs = await fetch(`${api.url}/docs`);
    expect(docs.headers.get('content-security-policy')).toContain("script-src 'self'");
    const asset = await fetch(`${api.url}/docs/swagger-ui-bundle.js`);
    expect(asset.status).toBe(200);
    const elsewhere = await fetch(`${api.url}/health/live`);
    expect(elsewhere.headers.get('content-security-policy')).not.toContain('script-src');
  });
});

/** Where an example names somebody or some place, a reader puts what is their own. */
const somebody = '019a0000-0000-7000-8000-000000000000';
const somewhere = 'https://konsol.example.com/';

it('has an example for every body, which is taken when it is pasted', async () => {
  const { authorization, id } = await api.officer('admin', 'id');
  const { paths } = (await (await fetch(`${api.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { requestBody }] of Object.entries(operations)) {
      const body = requestBody?.content['application/json'];
      if (!body) continue;
      const { example } = body.schema;
      const answer = await fetch(`${api.url}${path.replace(/\{\w+\}/g, 'x')}`, {
        method: method.toUpperCase(),
        headers: { ...json, authorization },
        body: JSON.stringify(example).replaceAll(somebody, id).replaceAll(somewhere, 'http://127.0.0.1:9/'),
      });
      const understood = ![400, 415, 422, 500].includes(answer.status);
      expect({ method, path, example, understood }).toEqual({
        method,
        path,
        example: expect.anything(),
        understood: true,
      });
    }
  }
});

it('finishes what is in flight when it is told to stop, and takes nothing more', async () => {
  const other = await startApi();
  const { port } = new URL(other.url);
  const slow = request({
    port,
    method: 'POST',
    path: '/v1/sessions',
    headers: { ...json, 'content-length': 2 },
  });
  const answered = new Promise<number | undefined>((resolve) =>
    slow.on('response', (r) => resolve(r.statusCode)),
  );
  slow.write('{');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const stopped = other.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(fetch(`${other.url}/health/live`)).rejects.toThrow('fetch failed');
  slow.end('}');
  expect(await answered).toBe(422);
  await stopped;
});
