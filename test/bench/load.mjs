import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';
import { complaints } from './people.mjs';

// One load from a process of its own: the order comes as JSON on standard input, the figures leave as JSON.

const { url, connections, seconds, seed, headers } = JSON.parse(await text(process.stdin));
const bodies = complaints(seed);

const result = await autocannon({
  url,
  connections,
  duration: seconds,
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  requests: [{ setupRequest: next }],
});

console.log(
  JSON.stringify({
    accepted: result['2xx'],
    refused: result.non2xx + result.errors,
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  }),
);

/** Another person and another key for every request. */
function next(request) {
  const key = { 'idempotency-key': randomUUID() };
  return { ...request, headers: { ...request.headers, ...key }, body: bodies.next().value };
}
