import { password, type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { StatusCheck } from '@sinkron/tickets';

// Some hundreds of requests, on a machine that is busy with other things.
jest.setTimeout(120_000);

let api: RunningApi;
let officer: Caller;
let stranger: Caller;
beforeAll(async () => {
  api = await startApi({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  officer = caller(api.url, await api.officer('officer', '3319'));
  stranger = caller(api.url);
});
afterAll(() => api.stop());

let networks = 0;
/** Another network each time, as a botnet has them. */
const elsewhere = () => {
  networks += 1;
  return { 'x-forwarded-for': `100.${64 + (Date.now() % 60)}.${networks >> 8}.${networks & 255}` };
};

const born = '1998-07-01';
const check = (code: string, birthDate: string) =>
  stranger.post('/v1/status-checks', { code, birthDate }, elsewhere());

it('a birth date from many addresses closes the code after five, to right and wrong alike', async () => {
  const { code } = (await officer.post('/v1/tickets', someComplaint())).body;
  const guesses = await Promise.all(Array.from({ length: 30 }, (_, n) => check(code, `1990-01-${n % 28}`)));
  expect(guesses.filter(({ status }) => status === 404)).toHaveLength(5);
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(25);
  expect((await check(code, born)).status).toBe(429);
});

it('a password from many addresses is slowed after ten, for each of them', async () => {
  const { email } = await api.officer('officer', '3319');
  const attempt = (from: Record<string, string>, word = 'a wrong long password') =>
    stranger.post('/v1/sessions', { email, password: word }, from);
  for (let n = 0; n < 10; n++) expect((await attempt(elsewhere())).status).toBe(401);
  const one = elsewhere();
  expect((await attempt(one)).status).toBe(401);
  expect((await attempt(one)).status).toBe(429);
  // Its owner, from a network of their own, is let in all the same.
  expect((await attempt(elsewhere(), password)).status).toBe(201);
});

it('which codes there are takes as long to find out whether there are', async () => {
  const rounds = 400;
  const { code: real } = (await officer.post('/v1/tickets', someComplaint())).body;
  // Right signs and check sign, and nobody's; the noise and limits of HTTP are left out of what is measured.
  const nobodys = '7K3M-XQ94-HTRJ';
  const statuses = api.app.get(StatusCheck, { strict: false });
  const timed = async (code: string) => {
    const began = performance.now();
    expect(await statuses.check(code, '1990-01-01')).toBeNull();
    return performance.now() - began;
  };
  const [reals, unknowns]: [number[], number[]] = [[], []];
  for (let n = 0; n < rounds; n++) {
    // In turns, and not always the same one first: what slows the machine slows both.
    if (n % 2) reals.push(await timed(real));
    unknowns.push(await timed(nobodys));
    if (n % 2 === 0) reals.push(await timed(real));
  }
  // How often a real one took longer than an unknown one: a half when there is nothing to be seen, with a standard
  // deviation of 0.02 for so many.
  const longer = reals.flatMap((one) => unknowns.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
  const share = longer.reduce<number>((sum, one) => sum + one, 0) / longer.length;
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.7);
});
