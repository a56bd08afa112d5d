import { nextCode, password, type RunningApi, type SignedIn, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { Transactions } from '@sinkron/database';

jest.setTimeout(60_000);

let api: RunningApi;
let kudus: Caller;
let liaison: SignedIn;
let contactId: string;
beforeAll(async () => {
  api = await startApi();
  kudus = caller(api.url, await api.officer('officer', '3319'));
  liaison = await api.officer('liaison', 'id');
  const admin = caller(api.url, await api.officer('admin', 'id'));
  const contact = { office: 'id', name: 'Cahaya Rimba', phone: '+628100000009' };
  contactId = (await admin.post('/v1/contacts', contact)).body.id;
});
afterAll(() => api.stop());

/** An escalated ticket of Kudus: whom it is about, and the address of its escalation. */
async function escalated() {
  const complaint = someComplaint({}, { urgent: { reason: 'Pendaftaran tutup malam ini' } });
  const { code } = (await kudus.post('/v1/tickets', complaint)).body;
  const { body } = await kudus.get(`/v1/escalations?ticket=${code}`);
  return { code, applicant: complaint.applicant, id: body.items[0]!.id };
}

/** The link in the text to the centre, for these escalations in one message. */
async function linkTo(...escalations: string[]): Promise<string> {
  const message = { escalations, contactId, channel: 'whatsapp' };
  const composed = await kudus.post('/v1/handoffs', message);
  expect(composed.status).toBe(201);
  expect(composed.body.text).not.toMatch(/\d{13}/);
  return api.url + new URL(/http\S+\/serah-terima\/\S+/.exec(composed.body.text)![0]).pathname;
}

function signInAt(link: string, fields: Record<string, string>): Promise<Response> {
  return fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
}

it('are shown on a page to whoever signs in there and has the tickets in scope, once, and that is on record', async () => {
  const one = await escalated();
  const two = await escalated();
  const link = await linkTo(one.id, two.id);
  for (let look = 0; look < 2; look++) expect(await (await fetch(link)).text()).toContain('type="password"');
  expect((await fetch(`${link}x`)).status).toBe(404);

  const { email } = liaison;
  const mistyped = await signInAt(link, { email, password: 'not the password at all' });
  expect([mistyped.status, await mistyped.text()]).toEqual([401, expect.stringContaining('type="password"')]);
  const elsewhere = await api.officer('officer', '3509');
  expect((await signInAt(link, { email: elsewhere.email, password })).status).toBe(404);

  const shown = await signInAt(link, { email, password });
  const page = await shown.text();
  expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'no-store']);
  for (const { applicant, code } of [one, two])
    for (const value of [applicant.nik, applicant.kk, code]) expect(page).toContain(value);
  expect((await signInAt(link, { email, password })).status).toBe(409);

  const seen = await api.app
    .get(Transactions)
    .query<{ detail: string }>(`select detail from audit where action = 'handoff_numbers_viewed'`);
  expect(seen).toHaveLength(1);
  expect(seen[0]!.detail).not.toContain(one.applicant.nik);
  const { story, people } = (await kudus.get(`/v1/escalations/${one.id}`)).body as unknown as {
    story: { kind: string; officer: string | null }[];
    people: { id: string; name: string }[];
  };
  const view = story.find(({ kind }) => kind === 'numbers_viewed');
  expect(view).toMatchObject({ officer: liaison.id });
  expect(people).toContainEqual({ id: liaison.id, name: 'Melati Lestari' });
});

it('are shown to a program by the same token, and to nobody without a sign-in', async () => {
  const { id, applicant } = await escalated();
  const token = (await linkTo(id)).split('/').at(-1)!;
  expect((await caller(api.url).post('/v1/handoff-views', { token })).status).toBe(401);
  const auditor = await api.officer('auditor', 'id');
  expect((await caller(api.url, auditor).post('/v1/handoff-views', { token })).status).toBe(403);
  const centre = caller(api.url, liaison);
  expect((await centre.post('/v1/handoff-views', { token: `${token}x` })).status).toBe(404);
  const { body } = await centre.post('/v1/handoff-views', { token });
  expect(body.items).toMatchObject([{ nik: applicant.nik, kk: applicant.kk }]);
  expect((await centre.post('/v1/handoff-views', { token })).status).toBe(409);
});

it('ask for the second factor where the role needs one', async () => {
  const link = await linkTo((await escalated()).id);
  const { email, totpSecret } = await api.officer('supervisor', '3319');
  expect((await signInAt(link, { email, password })).status).toBe(401);
  const shown = await signInAt(link, { email, password, otp: nextCode(totpSecret!) });
  expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('NIK')]);
});

it('a ticket that is no emergency goes its regular way again, and says why', async () => {
  const { id, code } = await escalated();
  const returned = await kudus.post(`/v1/escalations/${id}/return`, { reason: 'Cukup menunggu.' });
  expect(returned.body).toMatchObject({ state: 'resolved', outcome: 'returned', note: 'Cukup menunggu.' });
  expect((await kudus.get(`/v1/tickets/${code}`)).body).toMatchObject({ urgent: false });
  expect((await kudus.post(`/v1/escalations/${id}/return`, { reason: 'Lagi.' })).status).toBe(409);
});

it('a contact without an address gets no e-mail draft', async () => {
  const { id } = await escalated();
  const answer = await kudus.post(`/v1/escalations/${id}/handoffs`, { contactId, channel: 'email' });
  expect([answer.status, answer.body.errors]).toMatchObject([422, [{ code: 'contact_without_email' }]]);
});
