import { type RunningApi, startApi } from '../testing/start-api';
import { someComplaint } from '../tickets/testing/desk';

let api: RunningApi;
let authorization: string;
beforeAll(async () => {
  api = await startApi();
  ({ authorization } = await api.officer('officer', '3319'));
});
afterAll(() => api.stop());

/** Sends a complaint's JSON as it is, byte for byte. */
async function send(body: string | Buffer, headers: Record<string, string> = {}) {
  const answer = await fetch(`${api.url}/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', authorization, ...headers },
    body: new Uint8Array(Buffer.from(body)),
  });
  const told = (await answer.json()) as { errors?: { field: string; code: string }[]; detail?: string };
  return { ...told, status: answer.status };
}

const whole = () => JSON.stringify(someComplaint());
/** The same complaint with one more member in front of the others. */
const withMember = (member: string) => whole().replace('{', `{${member},`);

it('takes a complaint as it is', async () => {
  expect((await send(whole())).status).toBe(201);
});

it.each([
  ['at the top', whole().replace('"channel":', '"cause":"other","channel":'), 'cause'],
  ['inside', whole().replace('"nik":', '"name":"Bunga","nik":'), 'applicant.name'],
  [
    'in another spelling',
    whole().replace('"nik":', String.raw`"n\u0061me":"Bunga","nik":`),
    'applicant.name',
  ],
])('a name that occurs twice %s is refused with its place', async (_what, body, field) => {
  expect(await send(body)).toMatchObject({ status: 400, errors: [{ field, code: 'duplicate_key' }] });
});

it.each([
  ['__proto__', '"__proto__":{"urgent":{"reason":"x"}}'],
  ['__proto__ in another spelling', String.raw`"\u005f_proto__":{"urgent":{"reason":"x"}}`],
  ['constructor.prototype', '"constructor":{"prototype":{"urgent":true}}'],
])('%s reaches no prototype', async (_what, member) => {
  expect((await send(withMember(member))).status).toBe(400);
  expect(({} as { urgent?: unknown }).urgent).toBeUndefined();
});

it.each(['toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'])(
  '%s is a field that nobody knows',
  async (name) => {
    expect(await send(withMember(`"${name}":"x"`))).toMatchObject({
      status: 422,
      errors: [{ field: name, code: 'unknown_field' }],
    });
  },
);

it('what is nested deep is refused before anything walks it', async () => {
  const deep = `"note":${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  expect(await send(withMember(deep))).toMatchObject({
    status: 400,
    detail: expect.stringContaining('deep'),
  });
  expect((await send('{"a":'.repeat(10_000))).status).toBe(400);
});

it.each([
  ['a string of a megabyte', `"note":"${'x'.repeat(1_000_000)}"`],
  ['a megabyte of numbers', `"note":[${'1,'.repeat(500_000)}1]`],
])('%s is not read', async (_what, member) => {
  expect((await send(withMember(member))).status).toBe(413);
});

it('a long string within the limit is refused by its field', async () => {
  expect(await send(withMember(`"note":"${'x'.repeat(60_000)}"`))).toMatchObject({
    status: 422,
    errors: [{ field: 'note', code: 'too_long' }],
  });
});

it('bytes that are no UTF-8 are not converted into other text', async () => {
  const broken = Buffer.from(whole().replace('Melati', 'Mel\u0001\u0001'));
  broken.fill(0xff, broken.indexOf(1), broken.indexOf(1) + 2);
  expect(await send(broken)).toMatchObject({ status: 400, detail: expect.stringContaining('UTF-8') });
});

it.each([
  ['a number for a NIK', '"nik":"', /"nik":"(\d+)"/, '"nik":$1'],
  ['a word for a flag', '"urgent"', /"channel"/, '"urgent":"false","channel"'],
])('%s is not converted', async (_what, _where, pattern, replacement) => {
  const { status, errors } = await send(whole().replace(pattern, replacement));
  expect([status, errors?.[0]?.code]).toEqual([422, 'wrong_type']);
});

it.each([
  ['UTF-16', { 'content-type': 'text/json; charset=utf-16' }],
  ['XML', { 'content-type': 'application/xml' }],
  ['many parts', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['two types', { 'content-type': 'application/json, text/plain' }],
])('a body of %s is not read', async (_what, headers) => {
  expect((await send(whole(), headers)).status).toBe(415);
});

it('a missing choice is missing, and a wrong one is wrong', async () => {
  const { cause: _, ...rest } = someComplaint();
  expect((await send(JSON.stringify(rest))).errors).toMatchObject([{ field: 'cause', code: 'required' }]);
  expect((await send(JSON.stringify({ ...rest, cause: 'none' }))).errors).toMatchObject([
    { field: 'cause', code: 'unknown_value' },
  ]);
});
