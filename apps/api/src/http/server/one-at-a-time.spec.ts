import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { answerOneAtATime, type ConnectionBounds } from './one-at-a-time';

const bounds: ConnectionBounds = { waiting: 4, patience: 100, bytesPerSecond: 1e9 };
/** More than the system's buffers of a loopback connection take. */
const large = Buffer.alloc(16 * 1024 * 1024, 'x');

let server: Server;
let begun: number;
let answer: (response: ServerResponse) => void;
let client: Socket;

beforeEach(async () => {
  begun = 0;
  answer = (response) => response.end('ok');
  server = createServer((_request, response) => {
    begun += 1;
    answer(response);
  });
  answerOneAtATime(server, bounds);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends so many requests in one piece, to be read only on demand. */
function pipeline(count: number): Promise<void> {
  return new Promise((resolve) => {
    client = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      client.pause();
      client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(count), () => resolve());
    });
    client.on('error', () => undefined);
  });
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const connections = () =>
  new Promise<number>((resolve) => server.getConnections((_error, open) => resolve(open)));
const closed = () => new Promise((resolve) => client.once('close', resolve));

/** How often an answer has arrived, once that is so many times or the connection has ended. */
function answers(count: number): Promise<number> {
  return new Promise((resolve) => {
    let text = '';
    const seen = () => text.split('HTTP/1.1 200').length - 1;
    client.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (seen() >= count) resolve(seen());
    });
    client.on('close', () => resolve(seen()));
    client.resume();
  });
}

it('begins a request when the answer before it has left, and answers all in their order', async () => {
  const open: ServerResponse[] = [];
  answer = (response) => open.push(response);
  await pipeline(5);
  await later(50);
  expect(begun).toBe(1);
  answer = (response) => response.end('ok');
  open[0]!.end('ok');
  expect(await answers(5)).toBe(5);
  expect(begun).toBe(5);
});

it('cuts off whoever sends more than may wait', async () => {
  answer = () => undefined;
  await pipeline(6);
  client.resume();
  await closed();
  expect(begun).toBe(1);
});

it('makes one answer for whoever does not read, and cuts the connection in time', async () => {
  answer = (response) => response.end(large);
  await pipeline(5);
  while ((await connections()) === 0) await later(5);
  while ((await connections()) > 0) await later(20);
  expect(begun).toBe(1);
});

it('leaves a stream alone that goes on for longer', async () => {
  answer = (response) => {
    response.write('one');
    setTimeout(() => response.end('two'), 250);
  };
  await pipeline(1);
  expect(await answers(1)).toBe(1);
  await later(300);
  expect(client.destroyed).toBe(false);
});
