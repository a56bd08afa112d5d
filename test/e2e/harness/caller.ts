/** What somebody was answered, and how long it took. */
export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
  milliseconds: number;
}

/** Nobody at a counter waits longer; an answer that does not come by then counts as a hang and fails the test. */
const patience = 15_000;

/** Somebody who speaks to the API over HTTP, with or without having signed in. */
export class Caller {
  constructor(
    private readonly url: string,
    private readonly accessToken?: string,
  ) {}

  /** The same API, as whoever holds this token meets it. */
  as(accessToken: string): Caller {
    return new Caller(this.url, accessToken);
  }

  get<Body>(path: string): Promise<Answer<Body>> {
    return this.send('GET', path);
  }

  post<Body>(path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.send('POST', path, body && JSON.stringify(body), headers);
  }

  /** A request just as it is given, for those that are not well-formed. */
  async send<Body>(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const begun = performance.now();
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.accessToken && { authorization: `Bearer ${this.accessToken}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(patience),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
      milliseconds: performance.now() - begun,
    };
  }
}
