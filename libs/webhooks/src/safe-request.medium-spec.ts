import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { type AddressInfo, type Socket, createServer as createTcpServer } from 'node:net';
import { type Resolver, SafeRequest } from './safe-request';

const patience = 400;
const loopback = ['127.0.0.0/8'];
const servers: { close(): void; closeAllConnections?(): void }[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.();
    server.close();
  }
});

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const receiver = (listener: RequestListener) => listening(createServer(listener));
const post = (url: string, requests = new SafeRequest(loopback, patience)) =>
  requests.send({ method: 'POST', url: `${url}/hook`, headers: { 'x-test': '1' }, body: '{"a":1}' });

it('posts a body and reads the status', async () => {
  const seen: unknown[] = [];
  const url = await receiver((request, answer) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { 'content-length': length, 'x-test': test, connection } = request.headers;
      seen.push(request.method, request.url, body, { length, test, connection });
      answer.writeHead(202).end('thanks');
    });
  });
  expect(await post(url)).toEqual({ status: 202, retryAfter: null });
  expect(seen).toEqual(['POST', '/hook', '{"a":1}', { length: '7', test: '1', connection: 'close' }]);
});

it('says what the receiver says of a failure', async () => {
  const url = await receiver((_, answer) => answer.writeHead(503, { 'retry-after': '7' }).end());
  expect(await post(url)).toEqual({ status: 503, retryAfter: '7' });
});

it('waits no longer than its patience for a receiver that hangs', async () => {
  const silent = await receiver(() => undefined);
  expect(await post(silent)).toEqual({ failure: 'timeout' });

  // One more byte of a header every moment keeps the connection busy and says nothing.
  const dripping = await listening(
    createTcpServer((socket: Socket) => {
      socket.on('error', () => undefined).write('HTTP/1.1 200 OK\r\nx: ');
      const drip = setInterval(() => socket.write('a'), 20);
      socket.on('close', () => clearInterval(drip));
    }),
  );
  expect(await post(dripping)).toEqual({ failure: 'timeout' });
});

it('takes the status and drops an answer that does not end', async () => {
  const closed = jest.fn();
  const url = await receiver((request, answer) => {
    answer.writeHead(200).write('a little');
    request.socket.once('close', closed);
  });
  expect(await post(url)).toEqual({ status: 200, retryAfter: null });
  await until(() => closed.mock.calls.length === 1);
});

it('reads 64 kB of two gigabytes', async () => {
  let sent = 0;
  const closed = jest.fn();
  const url = await receiver((request, answer) => {
    answer.writeHead(200, { 'content-length': String(2 * 1024 ** 3) });
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      if (answer.destroyed) return;
      sent += chunk.length;
      if (answer.write(chunk)) setImmediate(more);
    };
    answer.on('drain', more);
    request.socket.once('close', closed);
    more();
  });
  const patient = new SafeRequest(loopback, 10_000);
  expect(await post(url, patient)).toEqual({ status: 200, retryAfter: null });
  await until(() => closed.mock.calls.length === 1);
  // What the kernel holds on both sides, and no more.
  expect(sent).toBeLessThan(32 * 1024 ** 2);
});

it('follows no redirect, wherever it leads', async () => {
  const inner = jest.fn();
  const target = await receiver((_, answer) => {
    inner();
    answer.end();
  });
  for (const status of [301, 302, 303, 307, 308]) {
    const url = await receiver((_, answer) => answer.writeHead(status, { location: target }).end());
    expect(await post(url)).toEqual({ failure: 'redirect' });
  }
  expect(inner).not.toHaveBeenCalled();
});

it('gives up where nobody listens, or what is said is no HTTP', async () => {
  const url = await receiver((_, answer) => answer.end());
  servers.splice(0).forEach((server) => server.close());
  expect(await post(url)).toEqual({ failure: 'connection' });
  const rude = await listening(
    createTcpServer((socket) => socket.on('error', () => undefined).end('no\r\n\r\n')),
  );
  expect(await post(rude)).toEqual({ failure: 'connection' });
  const upgrading = await listening(
    createTcpServer((socket) =>
      socket
        .on('error', () => undefined)
        .write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    ),
  );
  expect(await post(upgrading)).toHaveProperty('failure');
});

it('speaks no TLS with a receiver that cannot prove its name', async () => {
  const plain = await receiver((_, answer) => answer.end());
  expect(await post(plain.replace('http:', 'https:'))).toEqual({ failure: 'tls' });
});

describe('names', () => {
  /** Answers one list after the other. */
  function answering(...lists: string[][]): Resolver & { asked: string[] } {
    const asked: string[] = [];
    const resolve = (hostname: string): Promise<LookupAddress[]> => {
      asked.push(hostname);
      const list = lists[Math.min(asked.length, lists.length) - 1] ?? [];
      return Promise.resolve(list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    };
    return Object.assign(resolve, { asked });
  }

  it('a name that was public when it was written down and is private when it is called is refused', async () => {
    const resolve = answering(['1.1.1.1'], ['127.0.0.1']);
    const requests = new SafeRequest([], patience, resolve);
    expect(await requests.refusal('https://hook.example/')).toBeNull();
    expect(await requests.send({ method: 'POST', url: 'https://hook.example/' })).toEqual({
      failure: 'address_refused',
    });
  });

  it('is asked once for a call, and the address that was judged is the one that is called', async () => {
    const url = await receiver((request, answer) => answer.writeHead(request.headers.host ? 200 : 400).end());
    // A second asking would be answered with a receiver that is not there.
    const resolve = answering(['127.0.0.1'], ['127.0.0.2']);
    const requests = new SafeRequest(loopback, patience, resolve);
    const named = url.replace('127.0.0.1', 'hook.example');
    expect(await requests.send({ method: 'GET', url: named })).toEqual({ status: 200, retryAfter: null });
    expect(resolve.asked).toEqual(['hook.example']);
  });

  it.each([
    [['1.1.1.1', '10.0.0.1'], 'private'],
    [['1.1.1.1', '::1'], 'private'],
    [[], 'unresolved'],
  ])('%j is refused: one address that will not do is enough', async (addresses, reason) => {
    const requests = new SafeRequest([], patience, answering(addresses));
    expect(await requests.refusal('https://hook.example/')).toBe(reason);
    const failure = reason === 'unresolved' ? 'unresolved' : 'address_refused';
    expect(await requests.send({ method: 'GET', url: 'https://hook.example/' })).toEqual({ failure });
  });

  it('a name server that is silent holds nobody', async () => {
    const requests = new SafeRequest([], patience, () => new Promise(() => undefined));
    expect(await requests.refusal('https://hook.example/')).toBe('unresolved');
    expect(await requests.send({ method: 'GET', url: 'https://hook.example/' })).toEqual({
      failure: 'timeout',
    });
  });

  it('what is no address at all is not called', async () => {
    const requests = new SafeRequest([], patience, answering(['1.1.1.1']));
    expect(await requests.refusal('hook')).toBe('malformed');
    expect(await requests.send({ method: 'GET', url: 'hook' })).toEqual({ failure: 'address_refused' });
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
