import type { IntakeAnswer, Page } from './harness/answers';
import { complaintOf } from './harness/applicants';
import { eventually } from './harness/eventually';
import { type OnCallDesk, people, startOnCallDesk } from './harness/on-call-desk';

jest.setTimeout(120_000);

interface Story {
  id: string;
  state: string;
  stage: string;
  outcome: string | null;
  story: { kind: string; officer: string | null }[];
  messages: { channel: string; state: string }[];
}

let desk: OnCallDesk;
beforeAll(async () => {
  // The head of office is asked again every day, which must not come while the worker is being killed.
  desk = await startOnCallDesk({ day: 600_000 });
  // The centre takes its time, so that nothing ends before somebody has acted.
  await desk.centre.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 600 });
});
afterAll(() => desk?.stop());

/** A complaint with an officer's flag. @returns the address of its escalation */
async function urgent(): Promise<{ code: string; path: string }> {
  const [applicant] = await desk.applicants(1);
  const complaint = { ...complaintOf(applicant!), urgent: { reason: 'Pendaftaran tutup malam ini' } };
  const { status, body } = await desk.officer.post<IntakeAnswer>('/v1/tickets', complaint);
  expect(status).toBe(201);
  const { code } = body;
  const { body: list } = await desk.officer.get<Page<{ id: string }>>(`/v1/escalations?ticket=${code}`);
  return { code, path: `/v1/escalations/${list.items[0]!.id}` };
}

const story = async (path: string) => (await desk.officer.get<Story>(path)).body;

function mailTo({ email }: { email: string }, code: string) {
  return desk.mails.filter(({ to, text }) => to === email && text.includes(code));
}

it('reaches the first, the second and the head of office, is taken by a link, handed off and resolved', async () => {
  const { code, path } = await urgent();
  await eventually(() => {
    expect(desk.whatsapp.sent.filter(({ parameters }) => parameters?.includes(code))).toHaveLength(1);
    return Promise.resolve();
  }, 5);
  expect(desk.whatsapp.sent[0]).toMatchObject({ type: 'template', to: people.first.phone });
  await eventually(() => Promise.resolve(expect(mailTo(people.second, code)).toHaveLength(1)), 8);
  await eventually(() => Promise.resolve(expect(mailTo(people.head, code)).toHaveLength(1)), 8);
  expect(await story(path)).toMatchObject({ state: 'open', stage: 'unanswered' });

  // A scanner follows the link; nothing changes. The head of office presses the button.
  const link = /http:\S+\/ack\/\S+/.exec(mailTo(people.head, code)[0]!.text)![0];
  for (let look = 0; look < 2; look++) expect(await (await fetch(link)).text()).toContain('Saya tangani');
  expect((await story(path)).state).toBe('open');
  const press = (address: string) =>
    fetch(address, { method: 'POST', body: new URLSearchParams({ escalation: 'all' }) });
  expect((await press(`${link.slice(0, -2)}xx`)).status).toBe(404);
  expect((await story(path)).state).toBe('open');
  expect(await (await press(link)).text()).toContain('Anda yang menangani');
  expect(await story(path)).toMatchObject({ state: 'acknowledged' });

  const contact = {
    office: 'ID',
    name: 'Cahaya Rimba',
    phone: '+628100000009',
    email: 'piket@pusat.example',
  };
  const contactId = (await desk.admin.post<{ id: string }>('/v1/contacts', contact)).body.id;
  const handoff = await desk.officer.post<{ id: string; text: string; mail: { link: string } }>(
    `${path}/handoffs`,
    { contactId, channel: 'email' },
  );
  expect(handoff.body.mail.link).toMatch(/^mailto:piket%40pusat\.example\?/);
  expect(handoff.body.text).not.toMatch(/\d{13}/);
  const message = `/v1/handoffs/${handoff.body.id}`;
  expect((await desk.officer.post(`${message}/sent`)).status).toBe(200);
  const receipt = { who: 'Petugas piket', how: 'Membalas surel' };
  expect((await desk.officer.post(`${message}/received`, receipt)).status).toBe(200);
  expect((await story(path)).stage).toBe('received');
  expect((await desk.officer.post(`${path}/resolve`, { outcome: 'fixed_at_centre' })).status).toBe(200);

  const whole = await story(path);
  expect(whole.story.map(({ kind }) => kind)).toEqual([
    'opened',
    'policy_taken',
    'step',
    'step',
    'unanswered',
    'step',
    'acknowledged',
    'composed',
    'sent',
    'receipt_confirmed',
    // Whoever was asked and need not act any more.
    'told_over',
    'resolved',
  ]);
  expect(whole.messages.map(({ channel, state }) => [channel, state])).toEqual([
    ['whatsapp', 'delivered'],
    ['email', 'sent'],
    ['email', 'sent'],
    // That it is over leaves by itself.
    ['email', expect.any(String)],
  ]);
  await eventually(() => {
    const types = desk.webhook.events.filter(({ subject }) => subject === code).map(({ type }) => type);
    expect(types.toSorted()).toEqual([
      'escalation.acknowledged',
      'escalation.notified',
      'escalation.notified',
      'escalation.notified',
      'escalation.opened',
      'escalation.resolved',
    ]);
    return Promise.resolve();
  });
  expect(desk.webhook.forged).toBe(0);
});

it('is taken by a reply in WhatsApp, which is answered, and by a second telling of it nothing more', async () => {
  const { code, path } = await urgent();
  const asked = await eventually(() => {
    const found = desk.whatsapp.sent.find(({ parameters }) => parameters?.includes(code));
    return found ? Promise.resolve(found) : Promise.reject(new Error('Nobody was asked'));
  }, 8);
  await desk.whatsapp.hears(people.first.phone, `ambil ${asked.parameters!.at(-1)}`);
  await eventually(async () => expect((await story(path)).state).toBe('acknowledged'));
  await eventually(() => {
    const answers = desk.whatsapp.sent.filter(({ type, text }) => type === 'text' && text?.includes(code));
    expect(answers).toHaveLength(1);
    return Promise.resolve();
  });
  await desk.officer.post(`${path}/resolve`, { outcome: 'false_alarm' });
});

it('asks everybody exactly once though the worker is killed again and again', async () => {
  const [worker] = desk.workers;
  const tickets: { code: string; path: string }[] = [];
  for (let n = 0; n < 6; n++) tickets.push(await urgent());
  for (let kills = 0; kills < 12; kills++) {
    // At another moment of its work each time.
    await new Promise((resolve) => setTimeout(resolve, 150 + ((kills * 367) % 900)));
    await worker!.kill();
    await worker!.start();
  }
  await eventually(async () => {
    for (const { path } of tickets) expect((await story(path)).stage).toBe('unanswered');
    for (const { code } of tickets) expect(mailTo(people.head, code).length).toBeGreaterThan(0);
  }, 60);
  for (const { code } of tickets) {
    const inWhatsApp = desk.whatsapp.sent.filter((sent) => JSON.stringify(sent).includes(code));
    // A mail server that took a message just as its sender died knows it by its Message-ID.
    const ids = (person: { email: string }) =>
      new Set(mailTo(person, code).map(({ messageId }) => messageId)).size;
    expect([code, inWhatsApp.length, ids(people.second), ids(people.head)]).toEqual([code, 1, 1, 1]);
  }
});
