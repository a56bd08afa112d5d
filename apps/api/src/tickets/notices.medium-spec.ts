import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from './testing/desk';

jest.setTimeout(60_000);

let api: RunningApi;
let kudus: Caller;
let jember: Caller;
beforeAll(async () => {
  api = await startApi({ environment: { WHATSAPP_DRIVER: 'log', EMAIL_DRIVER: 'off' } });
  kudus = caller(api.url, await api.officer('officer', '3319'));
  jember = caller(api.url, await api.officer('officer', '3509'));
});
afterAll(() => api.stop());

/** A new ticket of Kudus: the address of what its applicant is told. */
async function newTicket(rest: object = {}, applicant: object = {}): Promise<string> {
  const { body, status } = await kudus.post('/v1/tickets', someComplaint(applicant, rest));
  expect(status).toBe(201);
  return `/v1/tickets/${body.code}/notices`;
}

const waiting = { template: 'notice_received', channel: 'whatsapp', state: 'waiting', sentAt: null };

it('consent is taken with the complaint, and the notice of it waits to leave', async () => {
  const path = await newTicket({ notices: ['whatsapp'] });
  const { status, body, text } = await kudus.get(path);
  expect([status, body]).toEqual([
    200,
    {
      consent: [
        {
          channel: 'whatsapp',
          givenAt: expect.any(String),
          officer: expect.any(String),
          withdrawnAt: null,
        },
      ],
      notices: [expect.objectContaining(waiting)],
    },
  ]);
  expect(text).not.toContain('+62');
  const { body: history } = await kudus.get(path.replace('notices', 'history'));
  expect(history.items[0]).toMatchObject({ kind: 'received', data: { notices: ['whatsapp'] } });
});

it('without consent there is nothing, and a channel that is off tells why', async () => {
  expect((await kudus.get(await newTicket())).body).toEqual({ consent: [], notices: [] });
  const path = await newTicket({ notices: ['email'] }, { email: 'melati@demo.sinkron.test' });
  expect((await kudus.get(path)).body).toMatchObject({
    notices: [{ template: 'notice_received', channel: null, state: 'none', reason: 'channel_off' }],
  });
});

it('consent is set and withdrawn at any time, with a history', async () => {
  const path = await newTicket();
  const set = await kudus.post(path, { channels: ['whatsapp'] });
  expect([set.status, set.body]).toMatchObject([
    200,
    { consent: [{ channel: 'whatsapp', withdrawnAt: null }] },
  ]);
  await kudus.post(path.replace('notices', 'cancel'));
  const withdrawn = await kudus.post(path, { channels: [] });
  expect(withdrawn.body).toMatchObject({ consent: [{ withdrawnAt: expect.any(String) }] });
  const { body: history } = await kudus.get(path.replace('notices', 'history'));
  expect(history.items.slice(-1)).toMatchObject([{ kind: 'notices_set', data: { channels: [] } }]);
});

it('another office neither reads nor sets it, and one that takes part only reads', async () => {
  const complaint = someComplaint({}, { notices: ['whatsapp'] });
  const { body } = await kudus.post('/v1/tickets', complaint);
  const path = `/v1/tickets/${body.code}/notices`;
  expect((await jember.get(path)).status).toBe(404);
  expect((await jember.post(path, { channels: [] })).status).toBe(404);
  await jember.post('/v1/tickets', complaint);
  expect((await jember.get(path)).status).toBe(200);
  expect((await jember.post(path, { channels: [] })).status).toBe(403);
});

it.each([
  [{ channels: ['sms'] }, 'channels.0', 'unknown_value'],
  [{ channels: ['whatsapp', 'whatsapp'] }, 'channels', 'named_twice'],
  [{ channels: ['email'] }, 'channels.0', 'needs_email'],
  [{ channels: 'whatsapp' }, 'channels', 'wrong_type'],
  [{}, 'channels', 'required'],
])('refuses to set %j', async (input, field, code) => {
  const path = await newTicket();
  const { status, body } = await kudus.post(path, input);
  expect([status, body.errors]).toMatchObject([422, [{ field, code }]]);
  expect((await kudus.get(path)).body).toMatchObject({ consent: [] });
});

it.each([
  [{ notices: [] }, {}, 'notices', 'too_short'],
  [{ notices: ['email'] }, {}, 'notices.0', 'needs_email'],
  [
    { notices: ['email', 'whatsapp'] },
    { phone: undefined, email: 'melati@demo.sinkron.test' },
    'notices.1',
    'needs_phone',
  ],
])('a complaint with %j and %j says how to correct it', async (rest, applicant, field, code) => {
  const { status, body } = await kudus.post('/v1/tickets', someComplaint(applicant, rest));
  expect([status, body.errors]).toMatchObject([422, [{ field, code, message: expect.stringMatching(/\w/) }]]);
});

it('a repeat is warned that the ticket itself has no address', async () => {
  const { phone, ...applicant } = someComplaint().applicant;
  await kudus.post('/v1/tickets', { ...someComplaint(), applicant });
  const again = { ...someComplaint({}, { notices: ['whatsapp'] }), applicant: { ...applicant, phone } };
  const { status, body } = await kudus.post('/v1/tickets', again);
  expect(status).toBe(200);
  expect(body.warnings).toContainEqual(expect.objectContaining({ field: 'notices', code: 'needs_phone' }));
});

it('a suspension names what is missing from a list', async () => {
  const suspend = (await newTicket({ notices: ['whatsapp'] })).replace('notices', 'suspend');
  const refused = await kudus.post(suspend, { reason: 'requirements_unmet', documents: ['passport'] });
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ field: 'documents.0' }]]);
  const { status } = await kudus.post(suspend, {
    reason: 'requirements_unmet',
    documents: ['family_card', 'identity_card'],
  });
  expect(status).toBe(200);
  const { body } = await kudus.get(suspend.replace('suspend', 'notices'));
  expect(body).toMatchObject({ notices: [waiting, { template: 'notice_documents', state: 'waiting' }] });
});
