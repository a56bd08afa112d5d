/** A message as the Cloud API is asked to send it. */
export interface AskedMessage {
  messaging_product?: unknown;
  to?: unknown;
  type?: unknown;
  text?: { body?: unknown };
  template?: {
    name?: unknown;
    language?: { code?: unknown };
    components?: { type?: unknown; parameters?: { type?: unknown; text?: unknown }[] }[];
  };
  biz_opaque_callback_data?: unknown;
}

/** A message that the stand-in took. */
export interface TakenMessage {
  /** What it is called from then on. */
  id: string;
  /** E.164 */
  to: string;
  type: 'text' | 'template';
  text?: string;
  template?: string;
  parameters?: string[];
  /** `biz_opaque_callback_data` */
  opaque: string | null;
  at: Date;
}

/** What the rules are judged by. */
export interface Standing {
  /** When each number last wrote to us. */
  heard: ReadonlyMap<string, Date>;
  /** When each number was last written to. */
  written: ReadonlyMap<string, Date>;
  /** How many parameters each approved template has. */
  approved: ReadonlyMap<string, number>;
  pairSeconds: number;
}

const day = 24 * 60 * 60 * 1000;
/** Meta: no line breaks, no tabs, no more than four spaces in a row. */
const badParameter = /[\r\n\t]| {5}/;

/** Why the Cloud API would not take it, as one of its error codes, or the message. */
export function judge(asked: AskedMessage, standing: Standing, at: Date): number | Omit<TakenMessage, 'id'> {
  const digits = typeof asked.to === 'string' ? /^\+?([1-9]\d{6,14})$/.exec(asked.to)?.[1] : undefined;
  if (asked.messaging_product !== 'whatsapp' || digits === undefined) return 100;
  const to = `+${digits}`;
  const content = asked.type === 'template' ? judgeTemplate(asked, standing) : judgeText(asked);
  if (typeof content === 'number') return content;
  if (content.type === 'text' && age(standing.heard.get(to), at) > day) return 131047;
  if (age(standing.written.get(to), at) < standing.pairSeconds * 1000) return 131056;
  const opaque = asked.biz_opaque_callback_data;
  return { ...content, to, opaque: typeof opaque === 'string' ? opaque : null, at };
}

function judgeText({ type, text }: AskedMessage): number | Pick<TakenMessage, 'type' | 'text'> {
  if (type !== 'text') return 131051;
  const body = text?.body;
  if (typeof body !== 'string' || body === '') return 131008;
  return body.length > 4096 ? 100 : { type: 'text', text: body };
}

function judgeTemplate(
  { template }: AskedMessage,
  { approved }: Standing,
): number | Pick<TakenMessage, 'type' | 'template' | 'parameters'> {
  const { name, language, components = [] } = template ?? {};
  const count = typeof name === 'string' && language?.code === 'id' ? approved.get(name) : undefined;
  if (typeof name !== 'string' || count === undefined) return 132001;
  const parameters = components.flatMap((component) =>
    component.type === 'body' ? (component.parameters ?? []).map(({ text }) => text) : [],
  );
  if (parameters.length !== count) return 132000;
  const isFit = (text: unknown): text is string =>
    typeof text === 'string' && text !== '' && !badParameter.test(text);
  return parameters.every(isFit) ? { type: 'template', template: name, parameters } : 132012;
}

function age(since: Date | undefined, at: Date): number {
  return since ? at.getTime() - since.getTime() : Infinity;
}
