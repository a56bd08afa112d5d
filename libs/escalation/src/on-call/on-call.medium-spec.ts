import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Responders } from '../ladder/responders';
import { Policies } from './policies';
import { policyRules, type PolicyRules, type Who } from './policy';
import { EscalationPolicy } from './policy-row';
import { Rota, RotaOverride } from './rota-row';
import { Rotas } from './rotas';
import {
  accountEntities,
  AccountsModule,
  Holidays,
  type OfficerActor,
  type OfficerInput,
  Officers,
  Offices,
  type Role,
} from '@sinkron/accounts';
import { DatabaseModule, type Id } from '@sinkron/database';
import { createLogger } from '@sinkron/observability';
import { closedDays, holidayInput, isWorkingTime, OfficeDirectory } from '@sinkron/offices';
import { QueueModule, workEntities } from '@sinkron/queue';
import { officerAt, refusal, testDatabase, type TestDatabase } from '@sinkron/testing';

jest.setTimeout(60_000);

const firstPage = { limit: 20 };
let database: TestDatabase;
let app: INestApplicationContext;
let policies: Policies;
let rotas: Rotas;
let holidays: Holidays;
let responders: Responders;

beforeAll(async () => {
  const entities = [
    ...officeEntities,
    ...auditEntities,
    ...accountEntities,
    ...workEntities,
    EscalationPolicy,
    Rota,
    RotaOverride,
  ];
  database = await testDatabase({ entities });
  const imports = [
    DatabaseModule.forRoot(database.config, entities),
    ConfigModule.forRoot(database.config, createLogger('test', 'silent')),
    QueueModule,
    AccountsModule,
  ];
  const providers = [Policies, Rotas, Responders];
  app = await NestFactory.createApplicationContext(
    { module: class {}, imports, providers },
    { logger: false },
  );
  policies = app.get(Policies);
  rotas = app.get(Rotas);
  holidays = app.get(Holidays);
  responders = app.get(Responders);
  await app.get(Offices).import([
    { code: 'ID', name: 'Pusat', level: 'nation', zone: 'Asia/Jakarta' },
    { code: '33', name: 'Jawa Tengah', level: 'province', parent: 'ID', zone: 'Asia/Jakarta' },
    { code: '3319', name: 'Kudus', level: 'office', parent: '33', zone: 'Asia/Jakarta' },
    { code: '3321', name: 'Demak', level: 'office', parent: '33', zone: 'Asia/Jakarta' },
    { code: '91', name: 'Papua', level: 'province', parent: 'ID', zone: 'Asia/Jayapura' },
    { code: '9171', name: 'Jayapura', level: 'office', parent: '91', zone: 'Asia/Jayapura' },
  ]);
});

afterAll(async () => {
  await app.close();
  await database.close();
});

const tree = () => app.get(OfficeDirectory).tree();

async function at(code: string, role: Role = 'supervisor'): Promise<OfficerActor> {
  return officerAt(await tree(), code, role);
}

let made = 0;

/** A new officer at an office. */
async function officer(office: string, rest: Partial<OfficerInput> = {}): Promise<Id> {
  const email = `piket.${++made}@demo.sinkron.test`;
  const given = { name: 'Embun Rimba', role: 'officer' as const, password: 'a password that is long' };
  const input = { email, ...given, office, ...rest };
  return (await app.get(Officers).create(await at('ID', 'admin'), input)).id;
}

async function disable(id: Id): Promise<void> {
  await app.get(Officers).update(await at('ID', 'admin'), id, { disabled: true });
}

/** Rules that ask one after the other. */
function asking(...people: Who[]): PolicyRules {
  return policyRules.parse({
    steps: people.map((who) => ({ who, through: ['email'], waitSeconds: 60 })),
    final: { who: { kind: 'role', role: 'supervisor' }, through: ['email'] },
    acknowledgeSeconds: 600,
  });
}

async function effective(code: string | null) {
  const known = await tree();
  const officeId = code === null ? null : known.findByCode(code)!.id;
  return database.transactions.run((transaction) => policies.effective(transaction, known, officeId));
}

/** Whom a step asks at an office, or the last step. */
async function asked(who: Who, code: string | null, step: 'of' | 'headOf' = 'of', when?: Date) {
  const known = await tree();
  const officeId = code === null ? null : known.findByCode(code)!.id;
  return database.transactions.run((transaction) =>
    responders[step](transaction, known, who, officeId, when ?? transaction.now),
  );
}

const roleOf = (role: 'officer' | 'supervisor' | 'admin'): Who => ({ kind: 'role', role });
const ids = (people: { officerId: Id }[]) => people.map(({ officerId }) => officerId);

async function audited(action: string): Promise<unknown[]> {
  const rows = await database.transactions.query<{ detail: string }>(
    'select detail from audit where action = ? order by at desc, seq desc',
    [action],
  );
  return rows.map(({ detail }) => JSON.parse(detail) as unknown);
}

describe('a policy', () => {
  it('of a province serves its offices until one has its own, and the default rules apply where there are none', async () => {
    const defaults = await effective('3319');
    expect(defaults).toMatchObject({ version: 0, source: null });
    expect(defaults.rules.steps.map(({ who, waitSeconds }) => [who, waitSeconds])).toEqual([
      [roleOf('officer'), database.config.durations.ladderStep / 1000],
      [roleOf('supervisor'), database.config.durations.ladderStep / 1000],
    ]);
    const provincial = asking(roleOf('supervisor'));
    await policies.put(await at('33'), '33', provincial);
    expect(await effective('3319')).toEqual({ rules: provincial, version: 1, source: '33' });
    expect(await effective('9171')).toEqual(defaults);
    expect(await effective(null)).toEqual(defaults);

    const own = asking(roleOf('officer'));
    await policies.put(await at('3319'), '3319', own);
    await policies.put(await at('33'), '3319', own);
    expect(await effective('3319')).toEqual({ rules: own, version: 2, source: '3319' });
    expect((await effective('3321')).source).toBe('33');
    const page = await policies.list(await at('33'), firstPage);
    expect(page.items.map(({ office, version }) => [office.code, version])).toEqual([
      ['33', 1],
      ['3319', 2],
    ]);
    expect((await policies.list(await at('91'), firstPage)).items).toEqual([]);

    await policies.remove(await at('3319'), '3319');
    await policies.remove(await at('3319'), '3319');
    expect((await effective('3319')).source).toBe('33');
    expect(await audited('policy_removed')).toEqual([{ office: '3319' }]);
    expect((await audited('policy_changed'))[0]).toEqual({ office: '3319', version: 2 });
  });

  it('of the nation serves an incident', async () => {
    const national = asking(roleOf('admin'));
    await policies.put(await at('ID'), 'ID', national);
    expect(await effective(null)).toEqual({ rules: national, version: 1, source: 'ID' });
    await policies.remove(await at('ID'), 'ID');
  });

  it('is kept by supervisors and administrators of the scope alone', async () => {
    const rules = asking(roleOf('officer'));
    expect(await refusal(policies.put(await at('3319', 'officer'), '3319', rules))).toEqual(['forbidden']);
    expect(await refusal(policies.put(await at('3319'), '33', rules))).toEqual(['not_found']);
    expect(await refusal(policies.put(await at('9171'), '3319', rules))).toEqual(['not_found']);
    expect(await refusal(policies.remove(await at('9171'), '3319'))).toEqual(['not_found']);
    expect(await refusal(policies.show(await at('9171', 'officer'), '3319'))).toEqual(['not_found']);
    expect(await refusal(policies.show(await at('3319', 'liaison'), '3319'))).toEqual(['forbidden']);
  });

  it('names only those who are enabled, may take escalations and see all of the office', async () => {
    const here = await officer('3319');
    const above = await officer('33');
    const beside = await officer('3321');
    const auditor = await officer('3319', { role: 'auditor' });
    const gone = await officer('3319');
    await disable(gone);
    const named = [here, above, beside, auditor, gone, '019a0000-0000-7000-8000-000000000000'];
    const rules = asking(...named.map((id): Who => ({ kind: 'officer', officer: id })));
    const final = { ...rules.final, who: { kind: 'officer' as const, officer: beside } };
    expect(await refusal(policies.put(await at('33'), '3319', { ...rules, final }))).toEqual([
      'invalid',
      'steps.2.who.officer:officer_unknown',
      'steps.3.who.officer:officer_unknown',
      'steps.4.who.officer:officer_unknown',
      'steps.5.who.officer:officer_unknown',
      'final.who.officer:officer_unknown',
    ]);
    // An officer of one office does not see those of the others in the province.
    const ofHere = asking({ kind: 'officer', officer: here });
    expect(await refusal(policies.put(await at('33'), '33', ofHere))).toEqual([
      'invalid',
      'steps.0.who.officer:officer_unknown',
    ]);
    expect((await effective('3319')).source).toBe('33');
  });

  it('changed by many at once rises by each change', async () => {
    const by = await at('91');
    await Promise.all(Array.from({ length: 5 }, () => policies.put(by, '9171', asking(roleOf('officer')))));
    expect((await effective('9171')).version).toBe(5);
    await policies.remove(by, '9171');
  });
});

describe('a rota', () => {
  const plan = { turn: 'daily', handoverAt: '07:30', startsOn: '2026-11-23', zone: 'Asia/Jakarta' } as const;

  it('shows whose turn it is and what comes, to its office and those below', async () => {
    const one = await officer('33');
    const two = await officer('33');
    const input = { office: '33', name: 'Piket provinsi', plan: { ...plan, members: [one, two] } };
    const { id } = await rotas.create(await at('33'), input);
    const shown = await rotas.find(await at('3319', 'officer'), id);
    expect(shown).toMatchObject({ office: { code: '33' }, name: 'Piket provinsi', overrides: [] });
    expect(shown.handovers).toHaveLength(5);
    expect((await rotas.list(await at('3319', 'officer'), firstPage)).items.map((rota) => rota.id)).toContain(
      id,
    );
    expect((await rotas.list(await at('91'), firstPage)).items).toEqual([]);
    expect(await refusal(rotas.find(await at('91'), id))).toEqual(['not_found']);
    expect(await refusal(rotas.find(await at('33'), 'x'))).toEqual(['not_found']);
    // Seen from below, kept from above.
    expect(await refusal(rotas.change(await at('3319'), id, input))).toEqual(['not_found']);
    expect(await refusal(rotas.remove(await at('3319'), id))).toEqual(['not_found']);
    expect(await refusal(rotas.create(await at('3319'), input))).toEqual([
      'invalid',
      'office:office_unknown',
    ]);

    const duty = (instant: string) =>
      database.transactions.run((transaction) => rotas.dutyOf(transaction, id, new Date(instant)));
    expect(await duty('2026-11-23T00:29:00Z')).toBeNull();
    expect(await duty('2026-11-23T00:30:00Z')).toBe(one);
    expect(await duty('2026-11-24T00:30:00Z')).toBe(two);
    const weekly = { name: 'Piket', plan: { ...input.plan, turn: 'weekly' as const } };
    expect(await rotas.change(await at('33'), id, weekly)).toMatchObject(weekly);
    expect(await duty('2026-11-24T00:30:00Z')).toBe(one);
    await rotas.remove(await at('33'), id);
    expect(await duty('2026-11-24T00:30:00Z')).toBeNull();
    for (const action of ['rota_created', 'rota_changed', 'rota_removed'])
      expect(await audited(action)).toEqual([{ rota: id }]);
  });

  it('takes members of its office and above alone', async () => {
    const above = await officer('33');
    const beside = await officer('3321');
    const input = { office: '3319', name: 'Piket', plan: { ...plan, members: [above, beside] } };
    expect(await refusal(rotas.create(await at('33'), input))).toEqual([
      'invalid',
      'plan.members.1:officer_unknown',
    ]);
  });

  it('gives a turn to somebody else by an override, and gives it back', async () => {
    const [member, substitute, stranger] = [
      await officer('3319'),
      await officer('3319'),
      await officer('3321'),
    ];
    const by = await at('3319');
    const input = { office: '3319', name: 'Piket', plan: { ...plan, members: [member] } };
    const { id } = await rotas.create(by, input);
    const day = (count: number) => new Date(Date.now() + count * 86_400_000);
    const wrong = [
      [{ officer: substitute, from: day(2), to: day(2) }, 'to:span_order'],
      [{ officer: substitute, from: day(0), to: day(367) }, 'to:span_length'],
      [{ officer: substitute, from: day(-2), to: day(-1) }, 'to:span_over'],
      [{ officer: stranger, from: day(1), to: day(2) }, 'officer:officer_unknown'],
    ] as const;
    for (const [override, code] of wrong)
      expect(await refusal(rotas.addOverride(by, id, override))).toEqual(['invalid', code]);
    expect(await refusal(rotas.addOverride(await at('3321'), id, wrong[0][0]))).toEqual(['not_found']);

    const { overrides, onDuty } = await rotas.addOverride(by, id, {
      officer: substitute,
      from: day(-1),
      to: day(1),
    });
    expect([onDuty, overrides.map(({ officer }) => officer)]).toEqual([substitute, [substitute]]);
    expect(ids(await asked({ kind: 'rota', rota: id }, '3319'))).toEqual([substitute]);
    // By another rota's address it is not reached.
    const other = await rotas.create(by, { ...input, name: 'Lain' });
    await rotas.removeOverride(by, other.id, overrides[0]!.id);
    expect((await rotas.find(by, id)).onDuty).toBe(substitute);
    const back = await rotas.removeOverride(by, id, overrides[0]!.id);
    expect(back.overrides).toEqual([]);
    expect(await audited('rota_override_removed')).toEqual([{ rota: id, override: overrides[0]!.id }]);
  });

  it('stays while a policy asks it, and is named only by offices at or below its own', async () => {
    const input = { office: '33', name: 'Piket', plan: { ...plan, members: [await officer('33')] } };
    const { id } = await rotas.create(await at('33'), input);
    const rules = asking({ kind: 'rota', rota: id });
    expect(await refusal(policies.put(await at('ID'), 'ID', rules))).toEqual([
      'invalid',
      'steps.0.who.rota:rota_unknown',
    ]);
    await policies.put(await at('3319'), '3319', rules);
    expect(await refusal(rotas.remove(await at('33'), id))).toEqual(['conflict']);
    await policies.remove(await at('3319'), '3319');
    await rotas.remove(await at('33'), id);
  });
});

describe('holidays', () => {
  const natal = holidayInput.parse({ office: 'ID', day: '2026-12-25', name: 'Hari Raya Natal' });
  const range = { from: '2026-12-01', to: '2026-12-31' };

  it('of the nation close every office, those of an office it alone', async () => {
    await holidays.put(await at('ID'), natal);
    await holidays.put(await at('9171'), { office: '9171', day: '2026-12-28', name: 'Hari jadi' });
    await holidays.put(await at('9171'), { office: '9171', day: '2026-12-28', name: 'Hari Jadi Kota' });
    const seen = async (code: string) => holidays.list(await at(code, 'officer'), range);
    expect(await seen('3319')).toEqual([natal]);
    expect(await seen('9171')).toEqual([
      natal,
      { office: '9171', day: '2026-12-28', name: 'Hari Jadi Kota' },
    ]);
    const list = await holidays.list(await at('ID'), { office: '9171', ...range });
    expect(list).toHaveLength(2);

    const known = await tree();
    const daysOf = (code: string) => {
      const { id } = known.findByCode(code)!;
      const nodes = [id, ...known.above(id).map((node) => node.id)];
      return database.transactions.run((transaction) => closedDays(transaction, nodes));
    };
    const week = Array.from({ length: 7 }, () => [{ from: '08:00', to: '16:00' }]);
    const christmas = new Date('2026-12-25T03:00:00Z');
    for (const code of ['3319', '3321', '9171', '33', 'ID']) {
      const { zone } = known.findByCode(code)!;
      expect(isWorkingTime(christmas, zone, week, await daysOf(code))).toBe(false);
      expect(isWorkingTime(christmas, zone, week, new Set())).toBe(true);
    }
    expect([...(await daysOf('3319'))]).toEqual(['2026-12-25']);

    await holidays.remove(await at('9171'), '9171', '2026-12-28');
    await holidays.remove(await at('9171'), '9171', '2026-12-28');
    expect(await seen('9171')).toEqual([natal]);
    expect(await audited('holiday_removed')).toEqual([{ day: '2026-12-28' }]);
  });

  it('are kept inside the scope, and read for two years at most', async () => {
    expect(await refusal(holidays.put(await at('3319'), natal))).toEqual(['not_found']);
    expect(await refusal(holidays.put(await at('ID', 'officer'), natal))).toEqual(['forbidden']);
    expect(await refusal(holidays.remove(await at('3319'), 'ID', natal.day))).toEqual(['not_found']);
    expect(await refusal(holidays.list(await at('3319'), { office: '9171' }))).toEqual(['not_found']);
    const long = { from: '2026-01-01', to: '2028-06-01' };
    expect(await refusal(holidays.list(await at('3319'), long))).toEqual(['invalid', 'to:span_length']);
  });

  it('are imported wholly or not at all', async () => {
    const line = (office: string, day: string) => ({ office, day, name: 'Libur' });
    const lines = [line('91', '2026-12-30'), line('33', '2026-12-30'), line('91', '2026-12-30')];
    expect(await refusal(holidays.import(await at('91'), lines))).toEqual([
      'invalid',
      '1.office:office_unknown',
      '2.day:day_repeated',
    ]);
    expect(await holidays.import(await at('91'), lines.slice(0, 1))).toEqual({ created: 1, updated: 0 });
    expect(await holidays.import(await at('91'), lines.slice(0, 1))).toEqual({ created: 0, updated: 1 });
  });
});

describe('those who are asked', () => {
  it('have the role at this very office, are reached by what they have, and live by their own clock', async () => {
    const plain = await officer('9171');
    const phoned = await officer('9171', { phone: '+628100000041', zone: 'Asia/Makassar' });
    await officer('91');
    expect(await asked(roleOf('officer'), '9171')).toEqual([
      { officerId: plain, zone: 'Asia/Jayapura', reach: ['email'] },
      { officerId: phoned, zone: 'Asia/Makassar', reach: ['whatsapp', 'email'] },
    ]);
    await disable(plain);
    expect(ids(await asked(roleOf('officer'), '9171'))).toEqual([phoned]);
    expect(await asked({ kind: 'officer', officer: plain }, '9171')).toEqual([]);
    expect(ids(await asked({ kind: 'officer', officer: phoned }, '9171'))).toEqual([phoned]);
    // Moved to where the office is not seen.
    await app.get(Officers).update(await at('ID', 'admin'), phoned, { office: '3321' });
    expect(await asked({ kind: 'officer', officer: phoned }, '9171')).toEqual([]);
    expect(ids(await asked({ kind: 'officer', officer: phoned }, null))).toEqual([phoned]);
  });

  it('are nobody before a rota begins, or when who has the turn is gone', async () => {
    const member = await officer('91');
    const plan = {
      turn: 'daily',
      handoverAt: '07:30',
      startsOn: '2026-11-23',
      zone: 'Asia/Jayapura',
    } as const;
    const { id } = await rotas.create(await at('91'), {
      office: '91',
      name: 'Piket',
      plan: { ...plan, members: [member] },
    });
    const begun = new Date('2026-11-22T22:30:00Z');
    const step: Who = { kind: 'rota', rota: id };
    expect(await asked(step, '9171', 'of', new Date(begun.getTime() - 1))).toEqual([]);
    expect(ids(await asked(step, '9171', 'of', begun))).toEqual([member]);
    await disable(member);
    expect(await asked(step, '9171', 'of', begun)).toEqual([]);
  });

  it('are in the end the supervisors up to the nation, and then its administrators', async () => {
    const head = (code: string | null) => asked(roleOf('supervisor'), code, 'headOf').then(ids);
    expect(await head('9171')).toEqual([]);
    const admin = await officer('ID', { role: 'admin' });
    expect(await Promise.all([head('9171'), head(null)])).toEqual([[admin], [admin]]);
    const national = await officer('ID', { role: 'supervisor' });
    expect(await Promise.all([head('9171'), head(null)])).toEqual([[national], [national]]);
    const provincial = await officer('91', { role: 'supervisor' });
    expect(await Promise.all([head('9171'), head(null)])).toEqual([[provincial], [national]]);
    const own = await officer('9171', { role: 'supervisor' });
    expect(await head('9171')).toEqual([own]);
    await disable(own);
    expect(await head('9171')).toEqual([provincial]);
    // A last step that names somebody else begins at the own office.
    await app.get(Officers).update(await at('ID', 'admin'), own, { disabled: false });
    expect(ids(await asked({ kind: 'officer', officer: admin }, '9171', 'headOf'))).toEqual([admin]);
    await officer('ID', { role: 'admin' });
    await disable(admin);
    expect(ids(await asked({ kind: 'officer', officer: admin }, '9171', 'headOf'))).toEqual([own]);
  });
});
