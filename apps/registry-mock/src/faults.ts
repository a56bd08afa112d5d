import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Random } from './chance';
import { type Faults, faultShares, type Settings } from './settings';

type Fault = (typeof faultShares)[number];

const longestHangMs = 300_000;

/** What an answer of a broken server looks like: not JSON, half of it, JSON of another shape. */
const garbage = [
  { type: 'text/html', body: '<html><body><h1>Layanan sedang dalam pemeliharaan</h1></body></html>' },
  { type: 'application/json', body: '{"content":[{"NIK":"Ses' },
  { type: 'application/json', body: '{"content":"","state":42,"trackingId":null}' },
  { type: 'application/json', body: 'null' },
];

/** Draws the one fault that a request meets, or null: each with its share of all requests. */
export function drawFault(faults: Faults, random: Random): Fault | null {
  let left = random();
  for (const name of faultShares) {
    left -= faults[name] ?? 0;
    if (left < 0) return name;
  }
  return null;
}

/** Puts the faults in front of every route but the controls and the health check, and of unknown ones too. */
export function installFaults(fastify: FastifyInstance, settings: Settings): void {
  const losesAnswer = new WeakSet<FastifyRequest>();

  fastify.addHook('onRequest', async (request, reply) => {
    if (/^\/(admin|health)\//.test(request.routeOptions.url ?? '')) return;
    if (settings.outage) return cut(request, reply);
    const faults = settings.get('faults');
    if (faults.latencyMs) await delay(faults.latencyMs);
    const fault = drawFault(faults, Math.random);
    if (fault === 'loseAnswerShare') losesAnswer.add(request);
    else if (fault) return strike[fault](request, reply);
  });

  // The effect is in the database by now: only the answer is lost.
  fastify.addHook('onSend', async (request, _reply, payload) => {
    if (losesAnswer.has(request)) request.raw.socket.resetAndDestroy();
    return payload;
  });
}

type Strike = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | void;

const strike: Record<Exclude<Fault, 'loseAnswerShare'>, Strike> = {
  hangShare: hang,
  resetShare: cut,
  status500Share: (_request, reply) => reply.code(500).send('Internal Server Error'),
  status503Share: (_request, reply) => reply.code(503).header('retry-after', '1').send('Service Unavailable'),
  status429Share: (_request, reply) => reply.code(429).header('retry-after', '1').send('Too Many Requests'),
  garbageShare: (_request, reply) => {
    const { type, body } = garbage[Math.floor(Math.random() * garbage.length)]!;
    return reply.code(200).type(type).send(body);
  },
};

function cut(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
}

/** Never answers: the socket stays open until the client leaves, five minutes at most. */
function hang(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  const { socket } = request.raw;
  // Unread bytes would hide that the client has left.
  request.raw.resume();
  const timer = setTimeout(() => socket.destroy(), longestHangMs).unref();
  socket.once('close', () => clearTimeout(timer));
}
