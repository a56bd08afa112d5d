import { syntheticKk, syntheticNik } from '@sinkron/identity';

/** The members of answers that tests read one by one; which of them are there depends on the route. */
interface Body {
  id: string;
  code: string;
  dueAt: string;
  receipt: string;
  reasonText: string;
  message: string;
  notice: string | null;
  text: string;
  waLink: string | null;
  repeatCount: number;
  nextCursor: string | null;
  items: { id: string; code: string }[];
  warnings: object[];
  errors: object[];
  /** Differs in every answer. */
  correlationId?: string;
}

/** What a caller gets back. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Empty when it is no JSON. */
  body: Body;
  text: string;
}

/** Somebody who calls the API over HTTP. */
export interface Caller {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export function caller(url: string, { authorization }: { authorization?: string } = {}): Caller {
  const send: Caller['send'] = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(authorization && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return {
      status: answer.status,
      headers: answer.headers,
      body: (isJson ? JSON.parse(text) : {}) as Body,
      text,
    };
  };
  return {
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
  };
}

let people = 0;

/** A complaint about somebody who does not exist and has not complained before. */
export function someComplaint(applicant: object = {}, rest: object = {}) {
  const serial = ++people;
  return {
    service: 'nik_kk_sync',
    purpose: 'cpns_sscasn',
    cause: 'kk_changed_not_synced',
    channel: 'counter',
    applicant: {
      name: 'Melati Pertiwi',
      nik: syntheticNik({ regency: '3319', birthDate: '1998-07-01', sex: 'F', serial }),
      kk: syntheticKk({ regency: '3319', recordedOn: '2025-02-15', serial }),
      birthDate: '1998-07-01',
      birthPlace: 'Kudus',
      sex: 'F',
      phone: `+6281000${String(serial).padStart(6, '0')}`,
      ...applicant,
    },
    ...rest,
  };
}
