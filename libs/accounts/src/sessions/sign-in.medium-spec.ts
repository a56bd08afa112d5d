import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { accountEntities, AccountsModule } from '../accounts.module';
import { OfficerAccess } from '../administration/officer-access';
import { OfficerImport } from '../administration/officer-import';
import { Officers } from '../administration/officers';
import { Offices } from '../administration/offices';
import { type Actor, type OfficerActor, systemActor } from '../permissions/actor';
import { AccessTokens } from './access-tokens';
import { Sessions } from './sessions';
import { SignIn } from './sign-in';
import { PersonalTokens } from '../tokens/personal-tokens';
import { DatabaseModule, toBinary, Transactions } from '@sinkron/database';
import { createLogger, Problem } from '@sinkron/observability';
import { OfficeDirectory } from '@sinkron/offices';
import { QueueModule, REDIS } from '@sinkron/queue';
import { refused as refusal, testDatabase, type TestDatabase } from '@sinkron/testing';
import type { Redis } from 'ioredis';

// Hundreds of argon2id hashes, on machines that others use too.
jest.setTimeout(60_000);

const password = 'a password that is long';
let database: TestDatabase;
let app: INestApplicationContext;
let operator: Actor;
let signIn: SignIn;
let officers: Officers;
/** Another process of the same desk, whose Redis is away. */
let elsewhere: INestApplicationContext;

/** The API is such a process, several times. */
function anotherProcess(): Promise<INestApplicationContext> {
  const logger = createLogger('test', 'silent');
  const imports = [
    DatabaseModule.forRoot(database.config, [...officeEntities, ...auditEntities, ...accountEntities]),
    ConfigModule.forRoot(database.config, logger),
    QueueModule,
    AccountsModule,
  ];
  return NestFactory.createApplicationContext({ module: class {}, imports }, { logger: false });
}

beforeAll(async () => {
  database = await testDatabase();
  app = await anotherProcess();
  elsewhere = await anotherProcess();
  elsewhere.get<Redis>(REDIS).disconnect();
  signIn = app.get(SignIn);
  officers = app.get(Officers);
  const zone = 'Asia/Jakarta';
  await app.get(Offices).import([
    { code: 'ID', name: 'Pusat', level: 'nation', zone },
    { code: '33', name: 'Jawa Tengah', level: 'province', parent: 'ID', zone },
    { code: '3319', name: 'Kudus', level: 'office', parent: '33', zone },
  ]);
  const tree = await app.get(OfficeDirectory).tree();
  operator = systemActor(tree)!;
});

afterEach(() => jest.restoreAllMocks());

afterAll(async () => {
  await elsewhere.close();
  await app.close();
  await database.close();
});

let people = 0;

async function newOfficer() {
  const email = `petugas${++people}@demo.sinkron.test`;
  const { id } = await officers.create(operator, {
    email,
    name: 'Melati Lestari',
    role: 'officer',
    office: '3319',
    password,
  });
  return { id, email };
}

/** A network that no other test, nor an earlier run on the same Redis, has used. */
function newAddress(): string {
  return `fd00:${randomBytes(6).toString('hex').match(/..../g)!.join(':')}::1`;
}

/** Long for a slow machine, and short of what a process remembers by itself. */
async function soon(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 6_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('It did not happen in time');
    await sleep(20);
  }
}

describe('signing in', () => {
  it('gives tokens that name the officer, the office and the scope', async () => {
    const { id, email } = await newOfficer();
    const tokens = await signIn.signIn({ email: email.toUpperCase(), password }, newAddress());
    expect(tokens.expiresIn).toBe(900);
    const actor = await signIn.authenticate(tokens.accessToken);
    expect(actor).toMatchObject({
      officerId: id,
      role: 'officer',
      office: { code: '3319', zone: 'Asia/Jakarta' },
    });
    expect(actor.scope.ids).toEqual([actor.office.id]);
  });

  it('says the same of a wrong password, an unknown address and a disabled officer', async () => {
    const { email } = await newOfficer();
    const disabled = await newOfficer();
    await officers.update(operator, disabled.id, { disabled: true });
    const attempts = [
      { email, password: 'another long password' },
      { email: 'nobody@demo.sinkron.test', password },
      { email: disabled.email, password },
    ];
    for (const attempt of attempts) {
      const { kind, detail } = await refusal(signIn.signIn(attempt, newAddress()));
      expect({ kind, detail }).toEqual({
        kind: 'unauthenticated',
        detail: expect.objectContaining({ en: expect.any(String) }),
      });
      expect(detail.en).toContain('does not fit');
    }
  });

  it('keeps address, name, password and tokens out of the tables', async () => {
    const { email } = await newOfficer();
    const tokens = await signIn.signIn({ email, password }, newAddress());
    for (const table of ['officer', 'session', 'audit']) {
      const rows = JSON.stringify(
        await database.transactions.query(`select * from \`${table}\``),
        (_, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value),
      );
      for (const secret of [email, 'Melati', password, tokens.refreshToken])
        expect(rows).not.toContain(secret);
    }
  });
});

describe('guessing', () => {
  it.each(['known', 'unknown'])('is slowed after ten failures on an account that is %s', async (account) => {
    const { email } = account === 'known' ? await newOfficer() : { email: 'stranger@demo.sinkron.test' };
    const address = newAddress();
    const guess = () => refusal(signIn.signIn({ email, password: 'wrong but long' }, address));
    for (let n = 0; n < 10; n++) expect((await guess()).kind).toBe('unauthenticated');
    const slowed = await guess();
    expect(slowed.kind).toBe('too_many');
    expect(slowed.retryAfter).toBeGreaterThan(0);
    expect(slowed.retryAfter).toBeLessThanOrEqual(30);
  });

  it('never locks the owner out: another network at once, the same one after the wait', async () => {
    const { email } = await newOfficer();
    const address = newAddress();
    const guess = () => refusal(signIn.signIn({ email, password: 'wrong but long' }, address));
    const right = (from: string) => signIn.signIn({ email, password }, from);
    for (let n = 0; n < 11; n++) await guess();
    expect((await refusal(right(address))).kind).toBe('too_many');
    await endSlowWaits();
    await right(address);
    for (let n = 0; n < 11; n++) await guess();
    await right(newAddress());
  });

  it('of many addresses from one network waits for the end of the quarter of an hour', async () => {
    const address = newAddress();
    const guess = (n: number) =>
      refusal(signIn.signIn({ email: `guess${n}@demo.sinkron.test`, password: 'wrong but long' }, address));
    const kinds = (await Promise.all(Array.from({ length: 101 }, (_, n) => guess(n)))).map(
      ({ kind }) => kind,
    );
    expect(kinds.filter((kind) => kind === 'unauthenticated')).toHaveLength(100);
    const last = await guess(101);
    expect([last.kind, last.retryAfter! > 60]).toEqual(['too_many', true]);
  });

  it('of one network shut out nobody who was signed in from there before', async () => {
    const { email } = await newOfficer();
    const address = newAddress();
    await signIn.signIn({ email, password }, address);
    const stranger = (n: number) =>
      refusal(
        signIn.signIn({ email: `stranger${n}@demo.sinkron.test`, password: 'wrong but long' }, address),
      );
    // The owner comes while a hundred passwords wait to be checked, and again when the network has to wait.
    const flood = Promise.all(Array.from({ length: 400 }, (_, n) => stranger(n)));
    await signIn.signIn({ email, password }, address);
    const kinds = (await flood).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'too_many').length).toBeGreaterThanOrEqual(299);
    await signIn.signIn({ email, password }, address);
    // From there, too, guessing this account is slowed.
    const guess = () => refusal(signIn.signIn({ email, password: 'wrong but long' }, address));
    for (let n = 0; n < 10; n++) expect((await guess()).kind).toBe('unauthenticated');
    expect((await guess()).kind).toBe('too_many');
  });

  it('is counted in the process when Redis is away', async () => {
    const { email } = await newOfficer();
    const alone = await anotherProcess();
    try {
      alone.get<Redis>(REDIS).disconnect();
      const guess = () =>
        refusal(alone.get(SignIn).signIn({ email, password: 'wrong but long' }, newAddress()));
      const address = newAddress();
      const again = () => refusal(alone.get(SignIn).signIn({ email, password: 'wrong but long' }, address));
      for (let n = 0; n < 10; n++) expect((await guess()).kind).toBe('unauthenticated');
      expect((await again()).kind).toBe('unauthenticated');
      expect((await again()).kind).toBe('too_many');
    } finally {
      await alone.close();
    }
  });
});

/** What half a minute does in Redis. */
async function endSlowWaits(): Promise<void> {
  const redis = app.get<Redis>(REDIS);
  const keys = await redis.keys('{sinkron}:sign-in:slow:*');
  for (const key of keys) await redis.del(key);
}

describe('refreshing', () => {
  it('rotates, and ends the session when an earlier token comes again, however long ago it was used', async () => {
    const { email } = await newOfficer();
    const first = await signIn.signIn({ email, password }, newAddress());
    const second = await signIn.refresh(first.refreshToken);
    const third = await signIn.refresh(second.refreshToken);
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    expect((await signIn.authenticate(third.accessToken)).role).toBe('officer');

    expect((await refusal(signIn.refresh(first.refreshToken))).kind).toBe('unauthenticated');
    expect((await refusal(signIn.refresh(third.refreshToken))).kind).toBe('unauthenticated');
    expect((await refusal(signIn.authenticate(third.accessToken))).kind).toBe('unauthenticated');
    const [reuse] = await database.transactions.query('select * from audit where action = ?', [
      'refresh_reused',
    ]);
    expect(reuse).toBeDefined();
  });

  it('lets nobody end a session who knows only its id, which the audit shows', async () => {
    const { email } = await newOfficer();
    const { refreshToken, accessToken } = await signIn.signIn({ email, password }, newAddress());
    const { sessionId } = await signIn.authenticate(accessToken);
    const reuses = 'select id from audit where action = ?';
    const before = await database.transactions.query(reuses, ['refresh_reused']);
    const forged = Buffer.concat([toBinary(sessionId), randomBytes(32)]).toString('base64url');
    expect((await refusal(signIn.refresh(forged))).kind).toBe('unauthenticated');
    expect(await database.transactions.query(reuses, ['refresh_reused'])).toEqual(before);
    expect((await signIn.refresh(refreshToken)).refreshToken).not.toBe(refreshToken);
  });

  it('gives one token only to two that refresh at the same time', async () => {
    const { email } = await newOfficer();
    const { refreshToken } = await signIn.signIn({ email, password }, newAddress());
    const results = await Promise.allSettled([signIn.refresh(refreshToken), signIn.refresh(refreshToken)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('refuses noise and a session that is not there', async () => {
    for (const token of ['', 'x', randomBytes(48).toString('base64url'), 'é'.repeat(64)]) {
      expect((await refusal(signIn.refresh(token))).kind).toBe('unauthenticated');
    }
  });

  it('ends with the session after twelve hours, without taking it for a theft', async () => {
    const { id, email } = await newOfficer();
    const { refreshToken, accessToken } = await signIn.signIn({ email, password }, newAddress());
    const reuses = 'select id from audit where action = ?';
    const before = await database.transactions.query(reuses, ['refresh_reused']);
    await database.transactions.execute(
      'update session set expires_at = expires_at - interval 12 hour where officer_id = unhex(?)',
      [id.replaceAll('-', '')],
    );
    expect((await refusal(signIn.refresh(refreshToken))).kind).toBe('unauthenticated');
    expect((await refusal(signIn.authenticate(accessToken))).kind).toBe('unauthenticated');
    expect(await database.transactions.query(reuses, ['refresh_reused'])).toEqual(before);
  });
});

describe('being out', () => {
  it('ends the session at once in this process', async () => {
    const { email } = await newOfficer();
    const { accessToken } = await signIn.signIn({ email, password }, newAddress());
    const actor = await signIn.authenticate(accessToken);
    await app.get(Sessions).end(actor, actor.sessionId);
    expect((await refusal(signIn.authenticate(accessToken))).kind).toBe('unauthenticated');
  });

  const id = (officer: { officerId: string | null }) => officer.officerId!;
  it.each<[string, (actor: OfficerActor) => Promise<unknown>]>([
    ['is disabled', (actor) => officers.update(operator, id(actor), { disabled: true })],
    [
      'has a new password',
      (actor) => officers.update(operator, id(actor), { password: 'a new long password' }),
    ],
    ['is sent out by an administrator', (actor) => app.get(OfficerAccess).endSessions(operator, id(actor))],
    ['loses the second factor', (actor) => app.get(OfficerAccess).resetFactor(operator, id(actor))],
    ['signs out', (actor) => app.get(Sessions).end(actor, actor.sessionId)],
    ['signs out everywhere', (actor) => app.get(Sessions).endAll(actor)],
  ])('is true at once here and soon elsewhere, without Redis, of who %s', async (_, withdraw) => {
    const { email } = await newOfficer();
    const { accessToken, refreshToken } = await signIn.signIn({ email, password }, newAddress());
    const isOut = (there: INestApplicationContext) =>
      there
        .get(SignIn)
        .authenticate(accessToken)
        .then(() => false)
        .catch((error: Problem) => error.kind === 'unauthenticated');
    expect([await isOut(app), await isOut(elsewhere)]).toEqual([false, false]);
    await withdraw(await signIn.authenticate(accessToken));
    expect(await isOut(app)).toBe(true);
    await soon(() => isOut(elsewhere));
    expect((await refusal(signIn.refresh(refreshToken))).kind).toBe('unauthenticated');
  });

  it('is true of a token that is revoked, and of one whose officer is disabled', async () => {
    const { id, email } = await newOfficer();
    const { accessToken } = await signIn.signIn({ email, password }, newAddress());
    const actor = await signIn.authenticate(accessToken);
    const tokens = app.get(PersonalTokens);
    const made = () => tokens.create(actor, { name: 'Laporan', scopes: ['cases:read'], expiresInDays: 1 });
    const [revoked, kept] = [await made(), await made()];
    const isOut = (there: INestApplicationContext, token: string) =>
      there
        .get(SignIn)
        .authenticate(token)
        .then(() => false)
        .catch((error: Problem) => error.kind === 'unauthenticated');
    for (const { token } of [revoked, kept]) expect(await isOut(elsewhere, token)).toBe(false);
    await tokens.revoke(actor, revoked.id);
    expect([await isOut(app, revoked.token), await isOut(app, kept.token)]).toEqual([true, false]);
    await soon(() => isOut(elsewhere, revoked.token));
    await officers.update(operator, id, { disabled: true });
    expect(await isOut(app, kept.token)).toBe(true);
    await soon(() => isOut(elsewhere, kept.token));
  });

  it('is true of a session that expires while it is remembered', async () => {
    const { id, email } = await newOfficer();
    const { accessToken } = await signIn.signIn({ email, password }, newAddress());
    await database.transactions.execute(
      'update session set expires_at = utc_timestamp(3) + interval 1 second where officer_id = unhex(?)',
      [id.replaceAll('-', '')],
    );
    await signIn.authenticate(accessToken);
    const isOut = () =>
      signIn.authenticate(accessToken).then(
        () => false,
        () => true,
      );
    await soon(isOut);
  });

  it('is true of an officer who was disabled between the right password and the session', async () => {
    const { id } = await newOfficer();
    await officers.update(operator, id, { disabled: true });
    const session = await app
      .get(Transactions)
      .run((transaction) =>
        app
          .get(Sessions)
          .open(transaction, { officerId: id, officeId: operator.office.id }, 'none_set_up', newAddress()),
      );
    const accessToken = await app.get(AccessTokens).sign(session);
    expect((await refusal(signIn.authenticate(accessToken))).kind).toBe('unauthenticated');
  });

  it('takes on a new role and office at once here and soon elsewhere', async () => {
    const { id, email } = await newOfficer();
    const { accessToken } = await signIn.signIn({ email, password }, newAddress());
    const rights = async (there: INestApplicationContext) => {
      const { role, office, scope } = await there.get(SignIn).authenticate(accessToken);
      return [role, office.code, scope.ids.length].join();
    };
    expect([await rights(app), await rights(elsewhere)]).toEqual(['officer,3319,1', 'officer,3319,1']);
    await officers.update(operator, id, { role: 'supervisor', office: '33' });
    expect(await rights(app)).toBe('supervisor,33,2');
    await soon(async () => (await rights(elsewhere)) === 'supervisor,33,2');
    const line = { email, name: 'Melati Lestari', role: 'officer' as const, office: '3319' };
    await app.get(OfficerImport).run(operator, [line]);
    expect(await rights(app)).toBe('officer,3319,1');
    await soon(async () => (await rights(elsewhere)) === 'officer,3319,1');
  });

  it('ends the reach of a node over an office that is moved to another', async () => {
    const zone = 'Asia/Jakarta';
    await app.get(Offices).import([
      { code: '31', name: 'DKI Jakarta', level: 'province', parent: 'ID', zone },
      { code: '3171', name: 'Jakarta', level: 'office', parent: '31', zone },
    ]);
    const { id, email } = await newOfficer();
    await officers.update(operator, id, { office: '31' });
    const { accessToken } = await signIn.signIn({ email, password }, newAddress());
    const reach = async (there: INestApplicationContext) =>
      (await there.get(SignIn).authenticate(accessToken)).scope.ids.length;
    await soon(async () => (await reach(elsewhere)) === 2);
    await app.get(Offices).update(operator, '3171', { parent: '33' });
    expect(await reach(app)).toBe(1);
    await soon(async () => (await reach(elsewhere)) === 1);
  });
});
