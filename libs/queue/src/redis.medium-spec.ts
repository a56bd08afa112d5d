import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createProducerRedis } from './redis';
import type { Redis } from 'ioredis';

let server: Server;
let redis: Redis;
let answers = true;
let owed = 0;
const asked: string[] = [];

/** A server that speaks as much of Redis as a client needs to begin, and may fall silent. */
beforeAll(async () => {
  server = createServer((socket: Socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (data) => {
        for (const command of data.toString().split(/(?=\*\d+\r\n\$)/)) {
          asked.push(command);
          if (/\r\ninfo\r\n/i.test(command)) socket.write('$9\r\nloading:0\r\n');
          else owed += 1;
          // As a server that was frozen: what came meanwhile is answered too.
          if (answers) socket.write('+OK\r\n'.repeat(owed));
          if (answers) owed = 0;
        }
      });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  redis = createProducerRedis(`redis://127.0.0.1:${(server.address() as AddressInfo).port}`, () => undefined);
  await new Promise((ready) => redis.once('ready', ready));
});
afterAll(() => {
  redis.disconnect();
  server.close();
});

it('pays one time-out to a Redis that accepts and never answers, and goes on when it answers', async () => {
  answers = false;
  await expect(redis.get('a')).rejects.toThrow('Command timed out');
  const sent = asked.length;
  for (let call = 0; call < 20; call++) await expect(redis.get('b')).rejects.toThrow('does not answer now');
  // Batches and scripts go the same way.
  await expect(redis.multi().get('c').exec()).rejects.toThrow();
  expect(asked).toHaveLength(sent);

  answers = true;
  jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 5_001);
  expect(await redis.get('d')).toBe('OK');
  expect(await redis.get('e')).toBe('OK');
  jest.restoreAllMocks();
});
