import { request } from 'node:http';

/**
 * Sends an address byte for byte, where `fetch` would tidy it up first.
 * @returns the status of the answer
 */
export function send(
  base: string,
  method: string,
  path: string,
  { body, headers }: { body?: object | undefined; headers: Record<string, string> },
): Promise<number> {
  const { hostname, port } = new URL(base);
  const text = body && JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    for (const [name, value] of Object.entries(headers)) asked.setHeader(name, value);
    if (text !== undefined) asked.setHeader('content-type', 'application/json');
    asked.on('error', reject).end(text);
  });
}
