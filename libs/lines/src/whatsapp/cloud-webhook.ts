import { createHmac, timingSafeEqual } from 'node:crypto';
import { type ReportedState, reportedStates } from '@sinkron/messaging';
import { z } from 'zod';

/** What somebody wrote to us. */
export interface CloudMessage {
  /** E.164; null where the sender hides the number. */
  from: string | null;
  /** WhatsApp's id; a repetition has the same. */
  id: string;
  at: Date;
  text: string | null;
}

/** What became of a message of ours. */
export interface CloudStatus {
  providerId: string;
  /** What we sent along as `biz_opaque_callback_data`. */
  deliveryId: string | null;
  /** E.164; null where the recipient hides the number. */
  to: string | null;
  status: ReportedState;
  at: Date;
  /** Of a failure; see `faultOf`. */
  errorCode: number | null;
}

/** One call of the webhook: a batch, at least once, in no order. */
export interface CloudBatch {
  messages: CloudMessage[];
  statuses: CloudStatus[];
}

/** Whether these very bytes were signed with the app's secret. @param header `X-Hub-Signature-256` */
export function isSigned(rawBody: Buffer, header: unknown, appSecret: string): boolean {
  const given = typeof header === 'string' ? /^sha256=([0-9a-f]{64})$/i.exec(header)?.[1] : undefined;
  if (given === undefined) return false;
  const made = createHmac('sha256', appSecret).update(rawBody).digest();
  return timingSafeEqual(Buffer.from(given, 'hex'), made);
}

const list = z.array(z.unknown()).catch([]);
const envelope = z.object({ entry: list });
const entry = z.object({ changes: list });
const change = z.object({
  field: z.literal('messages'),
  value: z.object({ messages: list, statuses: list }),
});

const phone = z
  .string()
  .regex(/^[1-9]\d{6,14}$/)
  .transform((digits) => `+${digits}`)
  .nullable()
  .catch(null);
const name = z.string().regex(/^[\x21-\x7e]{1,128}$/);
const instant = z
  .string()
  .regex(/^\d{9,11}$/)
  .transform((seconds) => new Date(Number(seconds) * 1000));

const message = z
  .object({
    from: phone,
    id: name,
    timestamp: instant,
    text: z.object({ body: z.string() }).nullable().catch(null),
  })
  .transform(({ timestamp, text, ...rest }) => ({ ...rest, at: timestamp, text: text?.body ?? null }));

const status = z
  .object({
    id: name,
    biz_opaque_callback_data: name.nullable().catch(null),
    recipient_id: phone,
    status: z.enum(reportedStates),
    timestamp: instant,
    errors: z
      .tuple([z.object({ code: z.int() })], z.unknown())
      .nullable()
      .catch(null),
  })
  .transform((report): CloudStatus => ({
    providerId: report.id,
    deliveryId: report.biz_opaque_callback_data,
    to: report.recipient_id,
    status: report.status,
    at: report.timestamp,
    errorCode: report.errors?.[0].code ?? null,
  }));

/** What a body holds; what is unknown or unreadable is left out, so that the rest of it counts. */
export function readCloudWebhook(body: unknown): CloudBatch {
  const values = readable([body], envelope)
    .flatMap((whole) => readable(whole.entry, entry))
    .flatMap(({ changes }) => readable(changes, change))
    .map(({ value }) => value);
  return {
    messages: values.flatMap(({ messages }) => readable(messages, message)),
    statuses: values.flatMap(({ statuses }) => readable(statuses, status)),
  };
}

function readable<T>(items: unknown[], schema: z.ZodType<T>): T[] {
  return items.flatMap((item) => {
    const read = schema.safeParse(item);
    return read.success ? [read.data] : [];
  });
}
