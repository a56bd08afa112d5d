import { connect } from 'node:net';
import { type RunningApi, startApi } from '../testing/start-api';

// The server's own patience is waited for.
jest.setTimeout(60_000);

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

/** Sends a beginning and then a piece every half second. @returns what came back, and after how many seconds it ended */
function drip(beginning: string, piece: string): Promise<{ answer: string; seconds: number }> {
  return new Promise((resolve) => {
    const began = Date.now();
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write(beginning));
    const dripping = setInterval(() => socket.write(piece), 500);
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(dripping);
      resolve({ answer, seconds: (Date.now() - began) / 1000 });
    });
  });
}

it('are cut: headers that never end, a body that never ends, and one that announces more than it sends', async () => {
  const post = 'POST /v1/status-checks HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
  const cut = await Promise.all([
    drip('GET /health/live HTTP/1.1\r\nHost: a\r\n', 'X: y\r\n'),
    drip(`${post}Content-Length: 60000\r\n\r\n`, ' '),
    drip(`${post}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
    drip(`${post}Content-Length: 60000\r\n\r\n{`, ''),
  ]);
  for (const { answer, seconds } of cut) {
    expect(answer.slice(0, 12)).toBe('HTTP/1.1 400');
    expect(seconds).toBeLessThan(30);
  }
  expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
});
