import { type RunningApi, startApi } from '../testing/start-api';
import { type Answer, caller, type Caller } from '../tickets/testing/desk';
import { send } from './testing/as-typed';
import { type Kudus, kudusOf, personal } from './testing/kudus';
import { routesOf } from './testing/routes-of';
import { type RouteAccess, routesTable } from './testing/routes-table';
import { type Role, roles } from '@sinkron/accounts';
import type { OfficerMove } from '@sinkron/tickets';
import { Transactions } from '@sinkron/database';

jest.setTimeout(120_000);

/** Kudus is 3319: its own officers and those of the nodes above reach it, those of Jember do not. */
const within = ['3319', '33', 'id'] as const;
const elsewhere = '3509';

interface Person {
  role: Role;
  office: string;
  authorization: string;
}

let api: RunningApi;
let kudus: Kudus;
let people: Person[];
let examples: Record<
  string,
  Record<string, { requestBody?: { content: Record<string, { schema: { example?: object } }> } }>
>;

beforeAll(async () => {
  api = await startApi();
  kudus = await kudusOf(api);
  people = await Promise.all(
    [...within, elsewhere].flatMap((office) => roles.map((role) => person(role, office))),
  );
  const document = await fetch(`${api.url}/openapi.json`);
  ({ paths: examples } = (await document.json()) as { paths: typeof examples });
});
afterAll(() => api.stop());

async function person(role: Role, office: string): Promise<Person> {
  return { role, office, authorization: (await api.officer(role, office)).authorization };
}

/** Method, address and body by which the route is called. */
function requestOf(route: string): { method: string; path: string; body: object | undefined } {
  const [method = '', pattern = ''] = route.split(' ');
  const { names, body } = routesTable[route]!;
  const path = pattern
    .replace(/:\w+/, names ? kudus[names] : 'x')
    .replace(/:(\w+)/, (_, name: string) => kudus[name as keyof Kudus] ?? 'x');
  const documented = pattern.replace(/:(\w+)/g, '{$1}');
  const example = examples[documented]?.[method.toLowerCase()]?.requestBody?.content['application/json'];
  return { method, path, body: body?.(kudus) ?? example?.schema.example };
}

function call(route: string, by: Caller): Promise<Answer> {
  const { method, path, body } = requestOf(route);
  return by.send(method, path, body);
}

/** `through`: served, or refused for what was asked and not for who asks or where. */
function expected(
  { to, names, nationwide, own }: RouteAccess,
  { role, office }: Person,
): 'through' | 403 | 404 {
  if (to !== 'open' && !to.includes(role)) return 403;
  if (nationwide && office !== 'id') return 403;
  if (own) return 404;
  return names && office === elsewhere ? 404 : 'through';
}

function outcome({ status, text }: Answer): 'through' | number {
  // Whoever is let in may be asked to show once more who they are.
  if (text.includes('urn:sinkron:problem:not_confirmed')) return 'through';
  return [401, 403, 404, 500].includes(status) ? status : 'through';
}

it('every route has a row, and every row a route', () => {
  const routes = routesOf(api.app);
  const file = 'apps/api/src/auth/testing/routes-table.ts';
  const missing = routes.filter((route) => !(route in routesTable));
  const stale = Object.keys(routesTable).filter((route) => !routes.includes(route));
  if (missing.length > 0) throw new Error(`Say in ${file} who gets through: ${missing.join(', ')}`);
  if (stale.length > 0) throw new Error(`No such route any more; remove from ${file}: ${stale.join(', ')}`);
});

/** By which route an officer makes each move of the lifecycle; a further move does not compile without one. */
const pathOf: Record<OfficerMove, string> = {
  suspend: 'suspend',
  resume: 'resume',
  reject: 'reject',
  cancel: 'cancel',
  repush: 'repush',
  confirm: 'confirm',
  merge: 'merge',
  link: 'links',
  correct: 'corrections',
  escalate: 'escalate',
  transfer: 'transfer',
  wait: 'wait',
  contest: 'contest',
  reopen: 'reopen',
  note: 'notes',
  notices: 'notices',
  reveal: 'reveal',
};

it('every move of an officer has a route', () => {
  const routes = Object.values(pathOf).map((path) => `POST /v1/tickets/:code/${path}`);
  expect(routes.filter((route) => !(route in routesTable))).toEqual([]);
});

const closed = Object.entries(routesTable).filter(([, { to }]) => to !== 'open');

describe.each(closed)('%s', (route, access) => {
  it('serves the roles and the region that the table says', async () => {
    const isServed = (who: Person) => expected(access, who) === 'through';
    // Those who are refused come first, while there is still something for them to spoil.
    const before = await stateOfTables();
    for (const who of people.filter((who) => !isServed(who))) await comesAs(who);
    expect(await stateOfTables()).toEqual(before);
    for (const who of people.filter(isServed))
      await comesAs(access.signsOut ? await person(who.role, who.office) : who);
  });

  async function comesAs(who: Person): Promise<void> {
    const { role, office } = who;
    const answer = await call(route, caller(api.url, who));
    const found = { role, office, outcome: outcome(answer), leaks: leaks(answer.text, who) };
    expect(found).toEqual({ role, office, outcome: expected(access, who), leaks: [] });
  }

  it('is refused without a token and by every spelling of its address', async () => {
    const { method, path, body } = requestOf(route);
    const outsider = people.find((who) => expected(access, who) === 403);
    const tokens: Record<string, string>[] = outsider ? [{ authorization: outsider.authorization }] : [];
    const before = await stateOfTables();
    for (const headers of [{}, ...tokens]) {
      expect([401, 403]).toContain(await send(api.url, method, path, { body, headers }));
      for (const spelling of spellings(path)) {
        const status = await send(api.url, method, spelling, { body, headers });
        expect({ spelling, refused: [400, 401, 403, 404, 405].includes(status) }).toEqual({
          spelling,
          refused: true,
        });
      }
      if (method === 'GET') expect([401, 403]).toContain(await send(api.url, 'HEAD', path, { headers }));
      expect([204, 404, 405]).toContain(await send(api.url, 'OPTIONS', path, { headers }));
    }
    expect(await stateOfTables()).toEqual(before);
  });
});

/** A sum over everything that a route could have changed: a refusal after the act is no refusal. */
function stateOfTables(): Promise<object[]> {
  const tables =
    'ticket, statement, history, work, escalation, handoff, contact, office, officer, purpose, breach, ' +
    'escalation_policy, rota, rota_override, holiday, webhook_endpoint, delivery';
  return api.app.get(Transactions).query(`checksum table ${tables}`);
}

/** What of Kudus, or of the person there, this answer tells somebody who may not know it. */
function leaks(text: string, { role, office }: Person): string[] {
  const { ticket, nik, escalation, handoff, contact, officer, rota, breach, webhook } = kudus;
  const masked = `${nik.slice(0, 4)}********${nik.slice(-4)}`;
  const elsewheres =
    office === elsewhere ? [ticket, escalation, handoff, contact, officer, rota, breach, webhook] : [];
  const persons =
    office === elsewhere || role === 'liaison' || role === 'auditor'
      ? [personal.name, personal.note, masked]
      : [];
  return [...elsewheres, ...persons].filter((secret) => text.includes(secret));
}

/** The same address as somebody might write it who looks for a way around. */
function spellings(path: string): string[] {
  const last = path.at(-1)!;
  return [
    `${path}/`,
    `/${path}`,
    path.replace(/\/(?=[^/]*$)/, '//'),
    path.replace('/v1', '/./v1'),
    path.replace('/v1', '/v1/x/..'),
    path.replace('/v1', '/%76%31'),
    `${path.slice(0, -1)}%${last.charCodeAt(0).toString(16)}`,
    path.toUpperCase(),
    `${path};x=1`,
    `${path}%00`,
    `${path}%2f`,
    `${path}?x=1`,
  ];
}
