import { request } from 'node:http';
import { type RunningApi, startApi } from '../testing/start-api';

jest.setTimeout(60_000);

const ours = 'https://desk.example.go.id';
let closed: RunningApi;
let open: RunningApi;
beforeAll(async () => {
  closed = await startApi();
  open = await startApi({
    environment: { CORS_ORIGINS: `${ours}, http://127.0.0.1:5173`, PUBLIC_URL: 'https://desk.example.go.id' },
  });
});
afterAll(() => Promise.all([closed.stop(), open.stop()]));

function preflight({ url }: RunningApi, origin: string) {
  return fetch(`${url}/v1/tickets`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
    },
  });
}

function corsHeaders({ headers }: Response): string[] {
  return [...headers.keys()].filter((name) => name.startsWith('access-control-'));
}

describe('pages of another origin', () => {
  it('may not call us as long as no origin is listed', async () => {
    const before = await preflight(closed, ours);
    expect([before.ok, corsHeaders(before)]).toEqual([false, []]);
    const plain = await fetch(`${closed.url}/cek`, { headers: { origin: ours } });
    expect(corsHeaders(plain)).toEqual([]);
  });

  it('may when theirs is listed, with a token and without credentials of the browser', async () => {
    const answer = await preflight(open, ours);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, ours]);
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    const plain = await fetch(`${open.url}/cek`, { headers: { origin: ours } });
    expect(plain.headers.get('access-control-allow-origin')).toBe(ours);
    expect(plain.headers.get('vary')?.toLowerCase()).toContain('origin');
  });

  it.each([
    'https://evil.example',
    `${ours}.evil.example`,
    'http://desk.example.go.id',
    `${ours}:444`,
    'null',
  ])('%s may not', async (origin) => {
    const answer = await preflight(open, origin);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const plain = await fetch(`${open.url}/cek`, { headers: { origin } });
    expect(plain.headers.get('access-control-allow-origin')).toBeNull();
  });
});

/** A wrong password from an address of loopback that no other test comes from. @returns the status of the answer */
function wrongPassword(localAddress: string, claimed: string): Promise<number | undefined> {
  const { port } = new URL(closed.url);
  const headers = {
    'content-type': 'application/json',
    'x-forwarded-for': claimed,
    forwarded: `for=${claimed}`,
  };
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, localAddress, method: 'POST', path: '/v1/sessions', headers };
    request(options, (answer) => answer.resume().on('end', () => resolve(answer.statusCode)))
      .on('error', reject)
      .end(JSON.stringify({ email: 'nobody.at.all@demo.sinkron.test', password: 'a wrong long password' }));
  });
}

it('an address that nobody trustworthy forwards is not believed', async () => {
  const from = `127.${1 + (Date.now() % 250)}.${process.pid % 250}.2`;
  const statuses = [];
  for (let n = 1; n <= 11; n++) statuses.push(await wrongPassword(from, `198.51.100.${n}`));
  // The eleventh comes from the same network as the ten before, whatever it says.
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
});

const isConstant = (path: string) => ['/cek', '/docs', '/openapi.json'].includes(path);

describe('headers', () => {
  it.each(['/health/live', '/v1/nowhere', '/v1/tickets', '/cek', '/docs', '/openapi.json'])(
    'of %s tell browsers what not to do',
    async (path) => {
      const { headers } = await fetch(`${closed.url}${path}`);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': isConstant(path) ? 'public, max-age=300, must-revalidate' : 'no-store',
      });
      const policy = headers.get('content-security-policy');
      for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(rule);
      }
      expect(headers.get('x-powered-by') ?? headers.get('server')).toBeNull();
    },
  );

  it('hold to HTTPS where we are reached by it, and only there', async () => {
    const header = async ({ url }: RunningApi) =>
      (await fetch(`${url}/cek`)).headers.get('strict-transport-security');
    expect(await header(open)).toBe('max-age=31536000; includeSubDomains');
    expect(await header(closed)).toBeNull();
  });
});
