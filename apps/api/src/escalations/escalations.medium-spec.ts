import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { toBinary, Transactions } from '@sinkron/database';
import { Escalations, type Incident } from '@sinkron/escalation';

let api: RunningApi;
let kudus: Caller;
let jember: Caller;
let admin: Caller;
let contactId: string;
beforeAll(async () => {
  api = await startApi();
  kudus = caller(api.url, await api.officer('officer', '3319'));
  jember = caller(api.url, await api.officer('officer', '3509'));
  admin = caller(api.url, await api.officer('admin', 'id'));
  const contact = await admin.post('/v1/contacts', {
    office: 'id',
    name: 'Cahaya Rimba',
    phone: '+628100000009',
  });
  contactId = contact.body.id;
});
afterAll(() => api.stop());

/** A ticket of Kudus that an officer escalated: its code and the address of its escalation. */
async function escalated(rest: object = {}): Promise<{ code: string; path: string }> {
  const { body } = await kudus.post('/v1/tickets', someComplaint({}, rest));
  const { code } = body;
  await kudus.post(`/v1/tickets/${code}/escalate`, { reason: 'Pendaftaran tutup malam ini' });
  const { body: list } = await kudus.get(`/v1/escalations?ticket=${code}`);
  const [first] = list.items;
  return { code, path: `/v1/escalations/${first?.id}` };
}

it('goes from open by a hand-off to its confirmation and an outcome, each stated by somebody', async () => {
  const { code, path } = await escalated({
    deadlineAt: new Date(Date.now() + 200 * 3_600_000).toISOString(),
  });
  expect((await kudus.get(path)).body).toMatchObject({
    subject: { kind: 'case', ticket: code },
    reason: 'officer_flag',
    reasonText: 'Ditandai darurat oleh petugas.',
    state: 'open',
    office: { code: '3319', name: 'Kudus' },
    handoffs: [],
  });
  expect((await kudus.get(`/v1/tickets/${code}`)).body).toMatchObject({ urgent: true, status: 'received' });

  const taken = await kudus.post(`${path}/acknowledge`);
  expect(taken.body).toMatchObject({ state: 'acknowledged', acknowledgedAt: expect.any(String) });
  expect((await kudus.post(`${path}/acknowledge`)).status).toBe(409);

  const composed = await kudus.post(`${path}/handoffs`, { contactId, channel: 'whatsapp' });
  expect(composed.status).toBe(201);
  expect(composed.body).toMatchObject({ state: 'composed', contact: contactId });
  const { text } = composed.body;
  expect(text).toContain(code);
  expect(text).toMatch(/NIK: 3319\*{8}\d{4} · KK: 3319\*{8}\d{4}/);
  expect(text).toMatch(/Batas pemohon: .+ WIB/);
  expect(text).not.toMatch(/\d{13}|Melati/);
  expect(composed.body.waLink).toBe(`https://wa.me/628100000009?text=${encodeURIComponent(text)}`);

  const handoff = `/v1/handoffs/${composed.body.id}`;
  const receipt = { who: 'Petugas piket', how: 'Membalas WhatsApp' };
  expect((await kudus.post(`${handoff}/received`, receipt)).status).toBe(409);
  expect((await kudus.post(`${handoff}/sent`)).body).toMatchObject({
    state: 'sent',
    receiptDueAt: expect.any(String),
  });
  expect((await kudus.get(path)).body).toMatchObject({ state: 'handed_off' });
  expect((await kudus.post(`${handoff}/received`, receipt)).body).toMatchObject({
    state: 'received',
    receipt,
  });
  expect((await kudus.post(`${handoff}/void`)).status).toBe(409);

  const resolved = await kudus.post(`${path}/resolve`, {
    outcome: 'fixed_at_centre',
    note: 'Sudah dibetulkan',
  });
  expect(resolved.body).toMatchObject({
    state: 'resolved',
    outcome: 'fixed_at_centre',
    note: 'Sudah dibetulkan',
    handoffs: [{ state: 'received', receipt }],
  });
  expect((await kudus.post(`${path}/resolve`, { outcome: 'false_alarm' })).status).toBe(409);
  expect((await kudus.post(`${path}/handoffs`, { contactId, channel: 'phone' })).status).toBe(409);
});

it('a hand-off that was not sent leaves the escalation as it was', async () => {
  const { path } = await escalated();
  const composed = await kudus.post(`${path}/handoffs`, { contactId, channel: 'phone' });
  expect(composed.body).toMatchObject({ waLink: null, text: expect.stringContaining('Kode laporan') });
  const voided = await kudus.post(`/v1/handoffs/${composed.body.id}/void`);
  expect([voided.status, voided.body]).toMatchObject([200, { state: 'void' }]);
  expect((await kudus.get(path)).body).toMatchObject({ state: 'open' });
});

it('is nothing to another office', async () => {
  const { code, path } = await escalated();
  const { body } = await kudus.post(`${path}/handoffs`, { contactId, channel: 'email' });
  expect((await jember.get(path)).status).toBe(404);
  expect((await jember.get(`/v1/escalations?ticket=${code}`)).body).toEqual({ items: [], nextCursor: null });
  expect((await jember.post(`${path}/acknowledge`)).status).toBe(404);
  expect((await jember.post(`${path}/handoffs`, { contactId, channel: 'phone' })).status).toBe(404);
  expect((await jember.post(`/v1/handoffs/${body.id}/sent`)).status).toBe(404);
  expect((await kudus.get('/v1/escalations/nobody')).status).toBe(404);
});

it('ends with its ticket', async () => {
  const { code, path } = await escalated();
  await kudus.post(`/v1/tickets/${code}/cancel`);
  expect((await kudus.get(path)).body).toMatchObject({ state: 'resolved', outcome: 'false_alarm' });
});

/** An incident that concerns every office. */
function incident(name: Incident): Promise<void> {
  const escalations = api.app.get(Escalations, { strict: false });
  return api.app.get(Transactions).run((transaction) => escalations.openIncident(transaction, name, {}));
}

it("an incident is everybody's, and its text names no ticket", async () => {
  await incident('centre_not_taking');
  const { body } = await jember.get('/v1/escalations?state=open', { 'accept-language': 'en' });
  expect(body.items).toMatchObject([
    {
      subject: { kind: 'incident', incident: 'centre_not_taking' },
      reasonText: 'The centre does not take our consolidations.',
      office: null,
    },
  ]);
  const id = body.items[0]?.id;
  const composed = await jember.post(`/v1/escalations/${id}/handoffs`, { contactId, channel: 'whatsapp' });
  expect(composed.body.text).toMatch(/^Selamat bertugas. Kami dari Jember.\nSejak .+ WIB, /);
});

it('an incident is ended by those who answer for more than one desk, and who did it is on record', async () => {
  await incident('centre_rejects_us');
  // The newest of all.
  const { body } = await kudus.get('/v1/escalations?state=open&limit=1');
  const id = body.items[0]!.id;
  const path = `/v1/escalations/${id}`;
  const liaison = await api.officer('liaison', 'id');
  const centre = caller(api.url, liaison);

  const refused = await kudus.post(`${path}/acknowledge`, undefined, { 'accept-language': 'en' });
  expect([refused.status, refused.text]).toEqual([
    403,
    expect.stringContaining('lacks the permission incidents'),
  ]);
  const outcome = { outcome: 'fixed_at_centre' };
  expect((await jember.post(`${path}/resolve`, outcome)).status).toBe(403);
  expect((await kudus.get(path)).body).toMatchObject({ state: 'open' });

  const composed = await kudus.post(`${path}/handoffs`, { contactId, channel: 'phone' });
  const handoff = `/v1/handoffs/${composed.body.id}`;
  expect((await jember.post(`${handoff}/void`)).status).toBe(403);
  expect((await kudus.post(`${handoff}/sent`)).status).toBe(200);
  expect((await centre.post(`${handoff}/void`)).status).toBe(200);

  expect((await centre.post(`${path}/resolve`, outcome)).body).toMatchObject({ state: 'resolved' });
  const rows = await api.app
    .get(Transactions)
    .query(
      "select action, detail from audit where officer_id = ? and action <> 'escalation_read' order by id",
      [toBinary(liaison.id)],
    );
  expect(rows.map((row) => JSON.stringify(row)).filter((row) => row.includes(id))).toEqual([
    expect.stringContaining('handoff_void'),
    expect.stringMatching(/escalation_resolved.*centre_rejects_us/),
  ]);
});

it('is listed by state, newest first, in pages', async () => {
  const older = await escalated();
  const newer = await escalated();
  const paths = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => `/v1/escalations/${id}`);
  const first = await kudus.get('/v1/escalations?limit=1');
  expect(paths(first.body)).toEqual([newer.path]);
  const next = await kudus.get(`/v1/escalations?limit=1&cursor=${first.body.nextCursor}`);
  expect(paths(next.body)).toEqual([older.path]);
  const acknowledged = await kudus.get('/v1/escalations?state=acknowledged');
  expect(paths(acknowledged.body)).not.toContain(newer.path);
});

it.each([
  ['resolve', { outcome: 'recovered' }, 'outcome'],
  ['resolve', {}, 'outcome'],
  ['handoffs', { contactId: 'nobody', channel: 'whatsapp' }, 'contactId'],
  ['handoffs', { contactId: '019a0000-0000-7000-8000-000000000000', channel: 'whatsapp' }, 'contactId'],
  ['handoffs', { contactId: 7, channel: 'pigeon' }, 'contactId'],
])('refuses %s with %j', async (move, body, field) => {
  const { path } = await escalated();
  const answer = await kudus.post(`${path}/${move}`, body);
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ field }));
});
