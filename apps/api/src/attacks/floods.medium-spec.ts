import { connect, type Socket } from 'node:net';
import { type RunningApi, startApi } from '../testing/start-api';

// Many connections, on a machine that is busy with other things.
jest.setTimeout(60_000);

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ environment: { REQUESTS_PER_MINUTE: '100000' } });
});
afterAll(() => api.stop());

const port = () => Number(new URL(api.url).port);

/** The bytes as they are typed; an HTTP client would tidy the address and the headers. @returns the whole answer */
function raw(request: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port(), '127.0.0.1', () => socket.write(request));
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

const end = 'Connection: close\r\n\r\n';

it('more requests at once than one connection may have waiting end it', async () => {
  const answer = await raw('GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(60));
  expect(answer.split('HTTP/1.1 200').length - 1).toBeLessThan(60);
});

describe('what is public and constant', () => {
  it.each([
    '/openapi.json',
    '/events.json',
    '/docs',
    '/docs/',
    '/docs/messages',
    '/docs/swagger-ui-init.js',
    '/docs/swagger-ui-bundle.js',
    '/docs/swagger-ui.css',
    '/cek',
  ])('%s is compressed as is asked for, tagged, and not sent again', async (path) => {
    const ask = (encoding: string, headers = {}) =>
      fetch(`${api.url}${path}`, { headers: { 'accept-encoding': encoding, ...headers } });
    const [br, gzip, plain] = await Promise.all([ask('br'), ask('gzip'), ask('identity')]);
    const headers = [br, gzip, plain].map((answer) => answer.headers);
    expect([br, gzip, plain].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(headers.map((of) => of.get('content-encoding'))).toEqual(['br', 'gzip', null]);
    expect(new Set(headers.map((of) => of.get('etag'))).size).toBe(3);
    for (const of of headers) expect(of.get('vary')).toContain('accept-encoding');
    const bodies = await Promise.all([br, gzip, plain].map((answer) => answer.text()));
    expect(new Set(bodies).size).toBe(1);
    const again = await ask('br', { 'if-none-match': br.headers.get('etag') });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([
      304,
      br.headers.get('etag'),
      '',
    ]);
  });

  it('does not grow with connections that ask for it many times and read nothing', async () => {
    await fetch(`${api.url}/openapi.json`);
    const before = process.memoryUsage().rss;
    const asked = `GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n`.repeat(20);
    const sockets = await Promise.all(
      Array.from(
        { length: 250 },
        () =>
          new Promise<Socket>((resolve) => {
            const socket = connect(port(), '127.0.0.1', () => {
              socket.pause();
              socket.write(asked);
              resolve(socket);
            });
            socket.on('error', () => undefined);
          }),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const began = Date.now();
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    expect(Date.now() - began).toBeLessThan(1_000);
    expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(200);
    for (const socket of sockets) socket.destroy();
  });
});

it.each([
  '/docs/../x',
  '/docs/..%2f..%2fpackage.json',
  '/docs/%00',
  '/docs/%2e%2e/x',
  '/docs/%ff',
  '/docs//',
])('%s is no address', async (path) => {
  const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: a\r\n${end}`);
  expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
  expect(answer).toContain('application/problem+json');
});

it.each([
  ['host', 'Host: a\r\nHost: b\r\n'],
  ['authorization', 'Host: a\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n'],
  ['content-type', 'Host: a\r\nContent-Type: text/plain\r\nContent-Type: application/json\r\n'],
])('two headers %s are refused', async (name, headers) => {
  const answer = await raw(`GET /health/live HTTP/1.1\r\nAccept-Language: en\r\n${headers}${end}`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain(`The header ${name} was sent twice`);
});
