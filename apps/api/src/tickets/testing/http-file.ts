/** One request of an `.http` file, its variables not filled in yet. */
interface FileRequest {
  name: string | null;
  title: string;
  method: string;
  address: string;
  headers: Record<string, string>;
  body: string;
}

/** What happened to it. */
export interface Sent {
  title: string;
  status: number;
}

/**
 * Sends the requests of an `.http` file in their order, as the REST Client of VS Code does: `@name = value`,
 * `# @name`, `{{variable}}`, `{{request.response.body.$.path}}`,
 * `{{$timestamp}}` and so many hours from now as `{{$datetime iso8601 -2 h}}`.
 * @param given replaces variables of the file
 */
export async function sendFile(text: string, given: Record<string, string>): Promise<Sent[]> {
  const variables = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/^@(\w+) = (.+)$/gm))
    variables.set(name, given[name] ?? value);
  const answers = new Map<string, unknown>();
  const sent: Sent[] = [];
  for (const { name, title, method, address, headers, body } of readRequests(text)) {
    const fill = (template: string) => filled(template, variables, answers);
    const answer = await fetch(fill(address), {
      method,
      headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, fill(value)])),
      ...(body && { body: fill(body) }),
    });
    const said = await answer.text();
    if (name) answers.set(name, JSON.parse(said));
    sent.push({ title, status: answer.status });
  }
  return sent;
}

function readRequests(text: string): FileRequest[] {
  const blocks = text.split(/^(?=### )/m).filter((block) => /^[A-Z]+ \{\{url\}\}/m.test(block));
  return blocks.map((block) => {
    const start = block.search(/^[A-Z]+ \{\{url\}\}/m);
    const [head = '', ...rest] = block.slice(start).split('\n\n');
    const [line = '', ...headers] = head.trim().split('\n');
    const [method = '', address = ''] = line.split(' ');
    return {
      name: /^# @name (\w+)$/m.exec(block)?.[1] ?? null,
      title: /^### (.*)$/m.exec(block)?.[1] ?? '',
      method,
      address,
      headers: Object.fromEntries(headers.map((header) => header.split(': ', 2))),
      body: rest.join('\n\n').trim(),
    };
  });
}

function filled(template: string, variables: Map<string, string>, answers: Map<string, unknown>): string {
  return template.replace(/\{\{(.+?)\}\}/g, (_, reference: string) => {
    if (reference === '$timestamp') return String(Date.now());
    const [, hours] = /^\$datetime iso8601 (-?\d+) h$/.exec(reference) ?? [];
    if (hours) return new Date(Date.now() + Number(hours) * 3_600_000).toISOString();
    const [, request, path] = /^(\w+)\.response\.body\.\$\.(.+)$/.exec(reference) ?? [];
    if (request && path) return String(pick(answers.get(request), path));
    const value = variables.get(reference);
    if (value === undefined) throw new Error(`No variable {{${reference}}}`);
    return filled(value, variables, answers);
  });
}

function pick(from: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);
}
