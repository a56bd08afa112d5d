import { createTransport } from 'nodemailer';
import type { Attempt, Driver, OutboundMessage } from './driver';

/** What nodemailer says of a failure; its text holds addresses and stays here. */
interface SmtpFailure {
  code?: unknown;
  /** The three digits of the server's answer. */
  responseCode?: unknown;
  /** To which command it was given. */
  command?: unknown;
}

const minute = 60_000;
/** Only the operators can fix it, such as a password or our own address: the reason names it. */
const configuration: Attempt = { end: 'later', reason: 'configuration', wait: 5 * minute };
const ofThisMail = ['RCPT TO', 'DATA'];

/** E-mail by an SMTP server. */
export class Smtp implements Driver {
  private readonly transport;
  private readonly host: string;

  /** @param timeout milliseconds for one message, the wait for a free connection included */
  constructor(
    private readonly options: { smtpUrl: string; from: string; publicUrl: string },
    private readonly timeout: number,
  ) {
    this.host = new URL(options.publicUrl).hostname;
    this.transport = createTransport({
      pool: true,
      url: options.smtpUrl,
      dnsTimeout: timeout,
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      // A connection that went stale in the pool; all else is the row's to repeat.
      maxRequeues: 1,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(message: OutboundMessage): Promise<Attempt> {
    try {
      await this.transport.sendMail(this.mailOf(message));
      return { end: 'sent', providerId: null };
    } catch (error) {
      return failureOf(error as SmtpFailure);
    }
  }

  /** Closes the connections of the pool. */
  close(): void {
    this.transport.close();
  }

  private mailOf({ id, to, subject, mail }: OutboundMessage) {
    return {
      from: this.options.from,
      // As an object, so that nothing in it is read as a second address.
      to: { name: '', address: to },
      subject: `${subject.id} / ${subject.en}`,
      text: `${mail.id}\n\n* * *\n\n${mail.en}\n`,
      // A repetition after an answer that was lost is seen as one by whoever keeps both.
      messageId: `<${id}@${this.host}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal: AbortSignal.timeout(this.timeout),
    };
  }
}

/** Judged by the digits of the server's answer, and without one by how far we came. */
function failureOf({ code, responseCode, command }: SmtpFailure): Attempt {
  const digits = Number(responseCode);
  if (digits >= 400 && digits < 500) return { end: 'later', reason: 'deferred' };
  if (code === 'EAUTH' || code === 'ENOAUTH') return configuration;
  if (digits >= 500) {
    return ofThisMail.includes(String(command)) ? { end: 'refused', reason: 'rejected' } : configuration;
  }
  if (code === 'EENVELOPE') return { end: 'refused', reason: 'address' };
  if (code === 'ETIMEDOUT' || code === 'EABORT') return { end: 'later', reason: 'no_answer' };
  return { end: 'later', reason: 'unreachable' };
}
