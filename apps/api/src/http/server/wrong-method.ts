import type { SignIn } from '@sinkron/accounts';
import { Problem } from '@sinkron/observability';
import type { FastifyInstance, FastifyRequest } from 'fastify';

interface Known {
  /** Of the route's pattern, e.g. `['', 'v1', 'tickets', ':code']`. */
  segments: string[];
  methods: readonly string[];
}

/**
 * A known address asked by a method that it does not take is answered with a 405 that names its methods; but only to
 * callers who are signed in. To everybody else the address does not exist.
 */
export function tellWrongMethods(server: FastifyInstance, signIn: SignIn): void {
  const known: Known[] = [];
  server.addHook('onRoute', ({ url, method }) => {
    if (!url.includes('*')) known.push({ segments: url.split('/'), methods: [method].flat() });
  });
  server.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const segments = (request.url.split('?')[0] ?? '').split('/');
    const allowed = known.filter((route) => fits(route.segments, segments)).flatMap(({ methods }) => methods);
    if (allowed.length === 0 || !(await isSignedIn(signIn, request))) return;
    void reply.header('allow', [...new Set(allowed)].sort().join(', '));
    throw new Problem('method_not_allowed', {
      id: 'Alamat ini tidak melayani metode itu; lihat header Allow.',
      en: 'This address does not take that method; see the header Allow.',
    });
  });
}

async function isSignedIn(signIn: SignIn, { headers }: FastifyRequest): Promise<boolean> {
  const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return false;
  return signIn.authenticate(token).then(
    () => true,
    () => false,
  );
}

function fits(pattern: string[], segments: string[]): boolean {
  if (pattern.length !== segments.length) return false;
  return pattern.every((part, at) => (part.startsWith(':') ? segments[at] !== '' : part === segments[at]));
}
