import type { Config } from '@sinkron/config';
import type { FastifyInstance } from 'fastify';

/** Our answers are data: a browser that shows one loads nothing, runs nothing and is framed by nobody. */
const contentSecurity = {
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  },
};

/**
 * The headers that every answer carries. Strict-Transport-Security only where applicants reach us by HTTPS: browsers
 * ignore it elsewhere, and on a developer's machine it would close every other port of the same name for a year.
 */
export function securityHeaders({ publicUrl }: Config) {
  return {
    contentSecurityPolicy: contentSecurity,
    frameguard: { action: 'deny' as const },
    hsts: publicUrl.startsWith('https:') && { maxAge: 31_536_000, includeSubDomains: true },
  };
}

/** What the page of the documentation needs; its styles are written into it. */
const forDocs = {
  ...contentSecurity,
  directives: {
    ...contentSecurity.directives,
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
  },
};

/** The routes of the documentation, and only they, get their own policy when they are registered; not our own page. */
export function relaxForDocs(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (/^\/docs($|\/(?!messages$))/.test(route.url)) route.helmet = { contentSecurityPolicy: forDocs };
  });
}
