import { Problem } from '@sinkron/observability';
import type { FastifyInstance } from 'fastify';

/** Headers by which a request is judged. Of two, Node keeps the first and a proxy may have believed the other. */
const single = ['host', 'authorization', 'content-type'];

/** Refuses a request that brings one of them twice. */
export function refuseDoubledHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    const doubled = firstDoubled(request.raw.rawHeaders);
    if (doubled === undefined) done();
    else done(twice(doubled));
  });
}

/** @param rawHeaders names and values in turn, as Node gives them */
function firstDoubled(rawHeaders: readonly string[]): string | undefined {
  const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  return single.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
}

function twice(name: string): Problem {
  return new Problem('malformed', {
    id: `Header ${name} dikirim dua kali. Kirim satu saja.`,
    en: `The header ${name} was sent twice. Send it once.`,
  });
}
