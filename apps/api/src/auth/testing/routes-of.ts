import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The methods that a route of ours may have; Fastify answers HEAD by GET's handler. */
const written = /\b(GET|POST|PUT|PATCH|DELETE)\b/g;

/**
 * Every route that the running server answers, e.g. `GET /v1/tickets/:code`, read from the router's own tree; without
 * the files of the API document's page.
 */
export function routesOf(app: NestFastifyApplication): string[] {
  const above: string[] = [];
  const lines = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }).split('\n');
  const routes = lines.flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^(.*?)[├└]── (.*) \((.*)\)$/.exec(line) ?? [];
    // Four columns for each step down.
    above.splice(indent.length / 4, Infinity, part);
    const path = above.join('').replace('//', '/');
    return [...methods.matchAll(written)].map(([method]) => `${method} ${path}`);
  });
  return routes.filter((route) => !/^GET \/docs\/(?!messages$)/.test(route));
}
