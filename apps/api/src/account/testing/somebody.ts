import { randomBytes } from 'node:crypto';
import { password, type RunningApi } from '../../testing/start-api';
import { Officers, type Role, systemActor } from '@sinkron/accounts';
import { OfficeDirectory } from '@sinkron/offices';

/** The members of answers that these tests read one by one. */
interface Body {
  id: string;
  accessToken: string;
  refreshToken: string;
  secret: string;
  uri: string;
  recoveryCodes: string[];
  token: string;
  items: { id: string; current: boolean; lastUsedAt: string | null }[];
  errors: { field: string; code: string }[];
  type: string;
}

export interface Answer {
  status: number;
  /** Empty when there is no JSON. */
  body: Body;
}

/** Calls the API as whoever holds the token, from a network that no other test has used. */
export async function call(
  api: RunningApi,
  [method, path]: readonly [string, string],
  { token, body, language = 'en' }: { token?: string | undefined; body?: object; language?: string } = {},
): Promise<Answer> {
  const answer = await fetch(api.url + path, {
    method,
    headers: {
      'x-forwarded-for': `fd00:${randomBytes(6).toString('hex').match(/..../g)!.join(':')}::1`,
      'accept-language': language,
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Body };
}

/** How the first of the errors is called, with the status: `401 otp_wrong`. */
export function refusal({ status, body }: Answer): string {
  return `${status} ${body.errors[0]?.code}`;
}

let made = 0;

/** A new officer of Kudus who has never signed in. */
export async function newcomer(api: RunningApi, role: Role): Promise<{ id: string; email: string }> {
  const tree = await api.app.get(OfficeDirectory, { strict: false }).tree();
  const email = `pendatang.${++made}@demo.sinkron.test`;
  const operator = systemActor(tree)!;
  const { id } = await api.app
    .get(Officers, { strict: false })
    .create(operator, { email, name: 'Embun Rimba', role, office: '3319', password });
  return { id, email };
}

/** One attempt to sign in. */
export function signIn(api: RunningApi, email: string, otp?: string): Promise<Answer> {
  return call(api, ['POST', '/v1/sessions'], { body: { email, password, ...(otp && { otp }) } });
}
