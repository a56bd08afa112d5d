import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';

/** An e-mail as it arrived. */
export interface Mail {
  to: string;
  messageId: string;
  /** Its words, with the line breaks of the transport undone. */
  text: string;
  at: Date;
}

/** A mail server on loopback: what it has accepted, the oldest first. */
export async function startMailbox(): Promise<{ url: string; mails: Mail[]; stop(): Promise<void> }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address).join();
      const keep = async () => {
        const source = await text(stream);
        mails.push({ to, messageId: headerOf(source, 'Message-ID'), text: wordsOf(source), at: new Date() });
      };
      void keep().finally(done);
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function headerOf(source: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(source)?.[1]?.trim() ?? '';
}

/** Quoted-printable or base64, as nodemailer chooses by what the words need. */
function wordsOf(source: string): string {
  const body = source.slice(source.indexOf('\r\n\r\n') + 4);
  if (/^Content-Transfer-Encoding: base64/im.test(source))
    return Buffer.from(body, 'base64').toString('utf8');
  const plain = body.replace(/=\r\n/g, '');
  return plain.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** An event as a webhook received it, its signature checked. */
export interface ReceivedEvent {
  id: string;
  type: string;
  subject: string;
  data: Record<string, unknown>;
}

/** Somebody's webhook on loopback, which believes nothing that is not signed. */
export async function startWebhook(): Promise<{
  url: string;
  events: ReceivedEvent[];
  /** Calls whose signature did not fit. */
  forged: number;
  trust(secret: string): void;
  stop(): Promise<void>;
}> {
  let verifier: Webhook | undefined;
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    try {
      const headers = request.headers as Record<string, string>;
      const event = verifier!.verify(body, headers) as ReceivedEvent;
      receiver.events.push({ ...event, id: headers['webhook-id'] ?? '' });
      response.writeHead(204).end();
    } catch {
      receiver.forged += 1;
      response.writeHead(401).end();
    }
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    events: [] as ReceivedEvent[],
    forged: 0,
    trust: (secret: string) => {
      verifier = new Webhook(secret);
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}
