import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApi } from '../bootstrap';
import {
  codeAt,
  needsSecondFactor,
  OfficerAccess,
  Officers,
  Offices,
  type Role,
  SignIn,
  systemActor,
} from '@sinkron/accounts';
import type { Config } from '@sinkron/config';
import { OfficeDirectory, type OfficeInput } from '@sinkron/offices';
import { testDatabase, type TestDatabaseOptions } from '@sinkron/testing';

/** The real API on a free port of loopback, over a schema of its own that holds a small tree of offices. */
export interface RunningApi {
  app: NestFastifyApplication;
  config: Config;
  url: string;
  /** A new officer at the office of that code (`id`, `33`, `35`, `3319` or `3509`), signed in. */
  officer(role: Role, office: string): Promise<SignedIn>;
  stop(): Promise<void>;
}

/** Somebody who was signed in; a role that needs a second factor has one. */
export interface SignedIn {
  id: string;
  email: string;
  authorization: string;
  totpSecret: string | null;
}

const zone = 'Asia/Jakarta';
const offices: OfficeInput[] = [
  { code: 'id', name: 'Pusat', level: 'nation', zone },
  { code: '33', name: 'Jawa Tengah', level: 'province', parent: 'id', zone },
  { code: '35', name: 'Jawa Timur', level: 'province', parent: 'id', zone },
  { code: '3319', name: 'Kudus', level: 'office', parent: '33', zone },
  { code: '3509', name: 'Jember', level: 'office', parent: '35', zone },
];

/** The password of every officer made here. */
export const password = 'long enough to be a password';

export async function startApi(options: TestDatabaseOptions = {}): Promise<RunningApi> {
  const database = await testDatabase({ ...options, poolSize: 1 });
  const api = await startApiOn(database.config);
  return {
    ...api,
    async stop() {
      await api.stop();
      await database.close();
    },
  };
}

/** One more API over a schema that exists already; the test says how its configuration differs. */
export async function startApiOn(config: Config): Promise<RunningApi> {
  const app = await createApi(config);
  await app.listen(0, '127.0.0.1');
  await app.get(Offices, { strict: false }).import(offices);
  return {
    app,
    config,
    url: await app.getUrl(),
    officer: (role, office) => newOfficer(app, role, office),
    stop: () => app.close(),
  };
}

let made = 0;

async function newOfficer(app: NestFastifyApplication, role: Role, office: string): Promise<SignedIn> {
  const tree = await app.get(OfficeDirectory, { strict: false }).tree();
  const operator = systemActor(tree)!;
  const email = `petugas.${++made}@demo.sinkron.test`;
  const { id } = await app
    .get(Officers, { strict: false })
    .create(operator, { email, name: 'Melati Lestari', role, office, password });
  const totpSecret = needsSecondFactor(role)
    ? await app.get(OfficerAccess, { strict: false }).installFactor(operator, id)
    : null;
  const { accessToken } = await app
    .get(SignIn, { strict: false })
    .signIn({ email, password, ...(totpSecret && { otp: codeAt(totpSecret, new Date()) }) }, '127.0.0.1');
  return { id, email, authorization: `Bearer ${accessToken}`, totpSecret };
}

/** A valid code that `officer` has not used: the next one. */
export function nextCode(totpSecret: string): string {
  return codeAt(totpSecret, new Date(Date.now() + 30_000));
}
