import { type IncomingMessage, request } from 'node:http';

/** One message of a stream. */
export interface Message {
  id: string;
  event: string;
  data: Record<string, unknown>;
}

/** A reader of `GET /v1/events`, as a browser is one. */
export interface Listener {
  status: number;
  headers: IncomingMessage['headers'];
  /** What has come so far. */
  messages: Message[];
  /** What the reader would resume with. */
  lastId(): string;
  /** All text so far. */
  text(): string;
  /** Stops taking what comes. */
  pause(): void;
  resume(): void;
  close(): void;
  /** Resolves when the server ends it or the connection is cut. */
  ended: Promise<'ended' | 'cut'>;
}

export function listen(
  url: string,
  { authorization, after, query = '' }: { authorization: string; after?: string; query?: string },
): Promise<Listener> {
  const headers = {
    authorization,
    accept: 'text/event-stream',
    ...(after !== undefined && { 'last-event-id': after }),
  };
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/v1/events${query}`, { headers, agent: false }, (answer) => {
      let text = '';
      let lastId = '';
      let rest = '';
      const messages: Message[] = [];
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const fields = fieldsOf(block);
          lastId = fields['id'] ?? lastId;
          const { event = '', data } = fields;
          if (data !== undefined)
            messages.push({ id: lastId, event, data: JSON.parse(data) as Message['data'] });
        }
      });
      const ended = new Promise<'ended' | 'cut'>((done) => {
        answer.once('end', () => done('ended'));
        answer.once('error', () => done('cut'));
      });
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers,
        messages,
        lastId: () => lastId,
        text: () => text,
        pause: () => answer.pause(),
        resume: () => answer.resume(),
        close: () => asked.destroy(),
        ended,
      });
    });
    asked.on('error', reject).end();
  });
}

function fieldsOf(block: string): Record<string, string> {
  const lines = block.split('\n').filter((line) => !line.startsWith(':'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
}
