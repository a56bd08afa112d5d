import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import type { OutboundMessage } from './driver';
import { Smtp } from './smtp';
import { newId } from '@sinkron/database';
import { freePort } from '@sinkron/testing';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

const timeout = 700;

interface Received {
  to: string[];
  mail: string;
}

let received: Received[];
let stops: (() => void)[];
beforeEach(() => {
  received = [];
  stops = [];
});
afterEach(() => {
  for (const stop of stops) stop();
});

/** A real mail server on loopback; the test says where it is difficult. */
async function server(difficult: SMTPServerOptions = {}): Promise<string> {
  const made = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 0,
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      void text(stream).then((mail) => received.push({ to, mail }));
      stream.on('end', done);
    },
    ...difficult,
  });
  // A client that gives up in the middle is what some of the tests are about.
  made.on('error', () => undefined);
  made.listen(0, '127.0.0.1');
  await once(made.server, 'listening');
  stops.push(() => made.close());
  return `127.0.0.1:${(made.server.address() as AddressInfo).port}`;
}

function mailer(at: string): Smtp {
  const made = new Smtp(
    {
      smtpUrl: `smtp://${at}`,
      from: 'Sinkron <sinkron@dinas.example>',
      publicUrl: 'https://sinkron.example:8443/x',
    },
    timeout,
  );
  stops.push(() => made.close());
  return made;
}

function message(differing: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: newId(),
    to: 'melati@demo.sinkron.test',
    subject: { id: 'Darurat: 7K3M menunggu', en: 'Urgent: 7K3M waits' },
    text: { id: 'Balas AMBIL 4821', en: 'Answer AMBIL 4821' },
    mail: { id: 'Eskalasi menunggu Anda.', en: 'An escalation waits for you.' },
    approved: { name: 'sinkron_step', language: 'id', parameters: [] },
    ...differing,
  };
}

/** The headers of a mail, each on one line. */
function headers(mail = ''): string[] {
  return mail
    .split('\r\n\r\n')[0]!
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
}

const failing = (responseCode: number, text = 'No') => Object.assign(new Error(text), { responseCode });

it('sends Indonesian first, then English, from a machine and under the name of the delivery', async () => {
  const mail = message();
  expect(await mailer(await server()).send(mail)).toEqual({ end: 'sent', providerId: null });
  expect(received).toMatchObject([{ to: ['melati@demo.sinkron.test'] }]);
  expect(headers(received[0]?.mail)).toEqual(
    expect.arrayContaining([
      'From: Sinkron <sinkron@dinas.example>',
      'To: melati@demo.sinkron.test',
      'Subject: Darurat: 7K3M menunggu / Urgent: 7K3M waits',
      'Auto-Submitted: auto-generated',
      `Message-ID: <${mail.id}@sinkron.example>`,
    ]),
  );
  expect(received[0]?.mail).toMatch(/Eskalasi menunggu Anda\.[^]*An escalation waits for you\./);
});

it('sends many over a few connections', async () => {
  let connections = 0;
  const at = await server({
    onConnect(_session, done) {
      connections += 1;
      done();
    },
  });
  const to = mailer(at);
  const ends = await Promise.all(Array.from({ length: 30 }, () => to.send(message())));
  expect(new Set(ends.map(({ end }) => end))).toEqual(new Set(['sent']));
  expect([received.length, connections <= 5]).toEqual([30, true]);
});

it.each([
  ['the subject', { subject: { id: 'Darurat\r\nBcc: lain@demo.sinkron.test', en: 'Urgent\nX-Forged: 1' } }],
  ['the id', { id: 'x>\r\nX-Forged: 1' }],
])('takes no header from %s', async (_what, differing) => {
  await mailer(await server()).send(message(differing));
  const names = headers(received[0]?.mail).map((line) => line.split(':')[0]?.toLowerCase());
  expect(names).not.toContain('bcc');
  expect(names).not.toContain('x-forged');
  expect(received[0]?.to).toEqual(['melati@demo.sinkron.test']);
});

it.each([
  ['a second line', 'melati@demo.sinkron.test\r\nRCPT TO:<lain@demo.sinkron.test>'],
  ['a second address', 'melati@demo.sinkron.test, lain@demo.sinkron.test'],
  ['a name', 'Lain <lain@demo.sinkron.test>'],
  ['nothing', ''],
])('takes no other recipient from an address with %s', async (_what, to) => {
  const attempt = await mailer(await server()).send(message({ to }));
  expect(received.flatMap((one) => one.to)).not.toContain('lain@demo.sinkron.test');
  expect([attempt.end, received]).toEqual(['refused', []]);
});

it.each([
  ['a full mailbox today', 452, { end: 'later', reason: 'deferred' }],
  ['grey-listing', 451, { end: 'later', reason: 'deferred' }],
  ['nobody of that name', 550, { end: 'refused', reason: 'rejected' }],
])('says of %s (%i) what it is', async (_what, code, attempt) => {
  const at = await server({
    onRcptTo: ({ address }, _session, done) => done(failing(code, `Not for ${address}`)),
  });
  expect(await mailer(at).send(message())).toEqual(attempt);
});

it.each([
  [451, { end: 'later', reason: 'deferred' }],
  [554, { end: 'refused', reason: 'rejected' }],
])('says of a mail that is answered %i at its end what it is', async (code, attempt) => {
  const at = await server({
    onData(stream, _session, done) {
      stream.resume().on('end', () => done(failing(code)));
    },
  });
  expect(await mailer(at).send(message())).toEqual(attempt);
});

it('shows our own address that is not let through, and a wrong password, as configuration', async () => {
  const configuration = { end: 'later', reason: 'configuration', wait: 300_000 };
  const sender = await server({ onMailFrom: (_address, _session, done) => done(failing(550)) });
  expect(await mailer(sender).send(message())).toEqual(configuration);
  const login = await server({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(failing(535)),
  });
  expect(await mailer(`sinkron:wrong@${login}`).send(message())).toEqual(configuration);
  expect(await mailer(login).send(message())).toEqual(configuration);
});

it('waits for a sign-in that is out of order today', async () => {
  const at = await server({ allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(failing(454)) });
  expect(await mailer(`sinkron:right@${at}`).send(message())).toEqual({ end: 'later', reason: 'deferred' });
});

it.each([
  ['before it greets', { onConnect: () => undefined }],
  ['before it takes the recipient', { onRcptTo: () => undefined }],
  ['after it has the mail', { onData: (stream) => void stream.resume() }],
] satisfies [string, SMTPServerOptions][])('gives up on a server that hangs %s', async (_when, difficult) => {
  expect(await mailer(await server(difficult)).send(message())).toEqual({
    end: 'later',
    reason: 'no_answer',
  });
});

it('gives up on a server that never comes to the end of its sentence', async () => {
  const endless = createServer((socket) => {
    socket.on('error', () => undefined).write('220 hello\r\n');
    const more = setInterval(() => socket.write('250-and another thing\r\n'), 50);
    socket.on('close', () => clearInterval(more));
  }).listen(0, '127.0.0.1');
  await once(endless, 'listening');
  stops.push(() => endless.close());
  const { port } = endless.address() as AddressInfo;
  expect(await mailer(`127.0.0.1:${port}`).send(message())).toEqual({ end: 'later', reason: 'no_answer' });
});

it('never sends what it has given up on, however many wait for a hanging server', async () => {
  let hangs = true;
  const at = await server({
    onMailFrom(_address, _session, done) {
      if (!hangs) done();
    },
  });
  const to = mailer(at);
  const ends = await Promise.all(Array.from({ length: 8 }, () => to.send(message())));
  expect(new Set(ends.map(({ end }) => end))).toEqual(new Set(['later']));
  hangs = false;
  const last = message();
  expect(await to.send(last)).toMatchObject({ end: 'sent' });
  expect(received.map(({ mail }) => mail.includes(last.id))).toEqual([true]);
});

it('says when there is no server', async () => {
  const at = `127.0.0.1:${await freePort()}`;
  expect(await mailer(at).send(message())).toEqual({ end: 'later', reason: 'unreachable' });
});
