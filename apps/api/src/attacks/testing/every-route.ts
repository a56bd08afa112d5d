import type { Answer, Caller } from '../../tickets/testing/desk';

interface Shape {
  example?: unknown;
  properties?: Record<string, unknown>;
}

/** A route of the running API, as its own document describes it. */
export interface Route {
  method: string;
  /** With a value that nobody has for each parameter. */
  path: string;
  /** The names of its query. */
  query: string[];
  /** A body that it takes, and the names that it knows; null where it reads none. */
  body: { example: Record<string, unknown>; names: string[] } | null;
}

interface Described {
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: Shape }> };
}

/** All routes: what is tried on each of them is also tried on those that are added later. */
export async function everyRoute(caller: Caller): Promise<Route[]> {
  const { text } = await caller.get('/openapi.json');
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Described>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      return {
        method: method.toUpperCase(),
        path: path.replace(/\{\w+\}/g, 'x'),
        query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
        body: schema
          ? {
              example: schema.example as Record<string, unknown>,
              names: Object.keys(schema.properties ?? {}),
            }
          : null,
      };
    }),
  );
}

/** The answers that are not what they must be, each with the request that got it. */
export function wrongOnes(
  answers: { what: string; answer: Answer }[],
  isRight: (answer: Answer) => boolean,
): string[] {
  return answers
    .filter(({ answer }) => !isRight(answer))
    .map(({ what, answer }) => `${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
}

/**
 * The same caller from another network each time, for an API that trusts 127.0.0.1 as a proxy: what is refused here
 * must not count against the network that every other test comes from.
 */
export function fromAfar(near: Caller): Caller {
  let last = 0;
  const here = () => {
    last += 1;
    return { 'x-forwarded-for': `198.19.${(last >> 8) & 255}.${last & 255}` };
  };
  return {
    get: (path, headers) => near.get(path, { ...here(), ...headers }),
    post: (path, body, headers) => near.post(path, body, { ...here(), ...headers }),
    send: (method, path, body, headers) => near.send(method, path, body, { ...here(), ...headers }),
  };
}
