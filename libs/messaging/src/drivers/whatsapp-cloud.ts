import { type Fault, faultOf, faultOfConnection, faultOfStatus, windowOver } from '../whatsapp/error-classes';
import type { WhatsAppPace } from '../whatsapp/whatsapp-pace';
import type { WhatsAppWindows } from '../whatsapp/whatsapp-windows';
import type { Attempt, Driver, OutboundMessage } from './driver';
import type { Config } from '@sinkron/config';
import { z } from 'zod';

const largestAnswer = 64 * 1024;
const garbage = faultOf(null);

const accepted = z.object({
  // An id that we cannot keep does not make the message less sent.
  messages: z.tuple(
    [
      z.object({
        id: z
          .string()
          .regex(/^[\x21-\x7e]{1,128}$/)
          .nullable()
          .catch(null),
      }),
    ],
    z.unknown(),
  ),
});
const failed = z.object({
  error: z.object({ code: z.int(), error_subcode: z.int().nullish().catch(null) }),
});

/** What the Cloud API said: a message's id there, or an error's code. */
type Answer = { id: string | null } | { fault: Fault; code: number | null };

/**
 * WhatsApp by the Business Cloud API: free text within 24 hours of the recipient's last message, the approved template
 * outside. Its address is configuration, so it is not checked and pinned as the address of a webhook is.
 */
export class WhatsAppCloud implements Driver {
  /** @param timeout milliseconds for one attempt, its second call included */
  constructor(
    private readonly options: Config['messaging']['whatsapp'],
    private readonly timeout: number,
    private readonly windows: WhatsAppWindows,
    private readonly pace: WhatsAppPace,
  ) {}

  async send(message: OutboundMessage): Promise<Attempt> {
    const signal = AbortSignal.timeout(this.timeout);
    try {
      const wait = await this.pace.take(message.to);
      if (wait > 0) return { end: 'later', reason: 'rate_limited', wait };
      return attemptOf(await this.write(message, signal));
    } catch (error) {
      return faultOfConnection(error);
    }
  }

  /** The window may end on the way, or have been shorter than we knew: then it is the template after all. */
  private async write(message: OutboundMessage, signal: AbortSignal): Promise<Answer> {
    if (!(await this.windows.isOpen(message.to))) return this.call(message, templateOf(message), signal);
    const answer = await this.call(message, textOf(message), signal);
    const isOver = 'code' in answer && answer.code === windowOver;
    return isOver ? this.call(message, templateOf(message), signal) : answer;
  }

  private async call({ id, to }: OutboundMessage, content: object, signal: AbortSignal): Promise<Answer> {
    const { apiUrl, phoneNumberId, token } = this.options;
    const response = await fetch(`${apiUrl}/${phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        biz_opaque_callback_data: id,
        ...content,
      }),
      // A redirect would send the token elsewhere.
      redirect: 'error',
      signal,
    });
    return read(response.status, await readJson(response));
  }
}

function textOf({ text }: OutboundMessage): object {
  return { type: 'text', text: { body: text.id, preview_url: false } };
}

function templateOf({ approved }: OutboundMessage): object {
  const parameters = approved.parameters.map((text) => ({ type: 'text', text }));
  return {
    type: 'template',
    template: {
      name: approved.name,
      language: { code: approved.language },
      components: parameters.length > 0 ? [{ type: 'body', parameters }] : [],
    },
  };
}

function attemptOf(answer: Answer): Attempt {
  return 'id' in answer ? { end: 'sent', providerId: answer.id } : answer.fault;
}

/** Judged by its code, as Meta advises; its text may repeat the number. */
function read(status: number, body: unknown): Answer {
  const success = status === 200 ? accepted.safeParse(body) : null;
  if (success?.success) return { id: success.data.messages[0].id };
  const failure = failed.safeParse(body);
  if (!failure.success) return { fault: status === 200 ? garbage : faultOfStatus(status), code: null };
  const { code, error_subcode } = failure.data.error;
  const fault = faultOf(code, error_subcode);
  // A server in trouble may say anything; only a sound one refuses for good.
  return { fault: status >= 500 && fault.end === 'refused' ? garbage : fault, code };
}

/** Null where there is no JSON, or more of it than there is reason for. */
async function readJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > largestAnswer) return null;
    chunks.push(chunk as Uint8Array);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
