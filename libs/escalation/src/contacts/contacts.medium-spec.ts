import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { Contact } from './contact';
import { contactInput } from './contact-schemas';
import { Contacts } from './contacts';
import { accountEntities, type OfficerActor, Offices, type Role } from '@sinkron/accounts';
import { Audit } from '@sinkron/audit';
import { pageQuery } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';
import { officerAt, refusal, testDatabase, type TestDatabase } from '@sinkron/testing';

jest.setTimeout(60_000);

const firstPage = pageQuery.parse({});
const zone = 'Asia/Jakarta';
let database: TestDatabase;
let directory: OfficeDirectory;
let contacts: Contacts;

beforeAll(async () => {
  database = await testDatabase({
    entities: [...officeEntities, ...auditEntities, ...accountEntities, Contact],
  });
  const { transactions, sealing, index } = database;
  directory = new OfficeDirectory(transactions);
  contacts = new Contacts(transactions, directory, new Audit(transactions, 'test'), sealing, index);
  await new Offices(transactions, directory, new Audit(transactions, 'test')).import([
    { code: 'ID', name: 'Pusat', level: 'nation', zone },
    { code: '33', name: 'Jawa Tengah', level: 'province', parent: 'ID', zone },
    { code: '3319', name: 'Kudus', level: 'office', parent: '33', zone },
    { code: '35', name: 'Jawa Timur', level: 'province', parent: 'ID', zone },
  ]);
});

afterAll(() => database.close());

async function at(code: string, role: Role): Promise<OfficerActor> {
  return officerAt(await directory.tree(), code, role);
}

const input = (office: string, phone: string) => contactInput.parse({ office, phone, name: 'Intan Pertiwi' });

it('serves every office below its node, and nobody beside it', async () => {
  const centre = await contacts.create(await at('ID', 'admin'), input('ID', '0810-0000-001'));
  const province = await contacts.create(await at('33', 'admin'), input('33', '+628100000002'));
  expect(centre.phone).toBe('+628100000001');

  const seen = async (code: string) => (await contacts.list(await at(code, 'officer'), firstPage)).items;
  expect(await seen('3319')).toEqual([centre, province]);
  expect(await seen('35')).toEqual([centre]);
  expect(await contacts.find(await at('3319', 'officer'), province.id)).toEqual(province);
  expect(await refusal(contacts.find(await at('35', 'officer'), province.id))).toEqual(['not_found']);
  expect(await refusal(contacts.find(await at('35', 'officer'), 'no id'))).toEqual(['not_found']);
});

it('is changed by an administrator of its node alone, and keeps what is not given', async () => {
  const nation = await at('ID', 'admin');
  const contact = await contacts.create(nation, { ...input('ID', '+628100000003'), role: 'Piket' });
  expect(await refusal(contacts.update(await at('33', 'admin'), contact.id, { name: 'Mine' }))).toEqual([
    'not_found',
  ]);
  expect(await refusal(contacts.update(await at('ID', 'officer'), contact.id, { name: 'Mine' }))).toEqual([
    'forbidden',
  ]);
  const changed = await contacts.update(nation, contact.id, { name: 'Wira Cendana', disabled: true });
  expect(changed).toEqual({ ...contact, name: 'Wira Cendana', disabled: true });
  expect(await contacts.update(nation, contact.id, { phone: '+628100000004' })).toEqual({
    ...changed,
    phone: '+628100000004',
  });
});

it('has a phone once at each office', async () => {
  const nation = await at('ID', 'admin');
  await contacts.create(nation, input('3319', '+628100000005'));
  expect(await refusal(contacts.create(nation, input('3319', '0810 0000 005')))).toEqual([
    'conflict',
    'phone:phone_taken',
  ]);
  await contacts.create(nation, input('35', '+628100000005'));
});

it('is imported wholly or not at all', async () => {
  const jatim = await at('35', 'admin');
  const lines = [input('35', '+628100000006'), input('33', '+628100000007'), input('35', '+628100000006')];
  expect(await refusal(contacts.import(jatim, lines))).toEqual([
    'invalid',
    '1.office:office_unknown',
    '2.phone:phone_repeated',
  ]);
  expect(await contacts.import(jatim, lines.slice(0, 1))).toEqual({ created: 1, updated: 0 });
  expect(await contacts.import(jatim, lines.slice(0, 1))).toEqual({ created: 0, updated: 1 });
});

it('is sealed', async () => {
  await contacts.create(await at('ID', 'admin'), input('33', '+628100000008'));
  const rows = await database.transactions.query<{ sealed: Buffer }>('select sealed from contact');
  for (const { sealed } of rows) expect(sealed.toString('latin1')).not.toMatch(/Intan|62810/);
});

it('says what is wrong with a phone without repeating it', () => {
  const result = contactInput.safeParse({ office: 'ID', name: 'Intan', phone: '12ab' });
  expect(result.error?.issues.map(({ path }) => path)).toEqual([['phone']]);
});

describe('at once', () => {
  it('loses no change to another of the same contact', async () => {
    const admin = await at('33', 'admin');
    const contact = await contacts.create(admin, input('33', '+628100000041'));
    for (let round = 0; round < 8; round++) {
      await contacts.update(admin, contact.id, { disabled: false });
      const name = `Intan Pertiwi ${'ABCDEFGH'[round]}`;
      await Promise.all([
        contacts.update(admin, contact.id, { name }),
        contacts.update(admin, contact.id, { disabled: true }),
        contacts.import(admin, [{ ...input('33', '+628100000041'), name }]),
      ]);
      expect(await contacts.find(admin, contact.id)).toMatchObject({ disabled: true, name });
    }
  });

  it('imports the same list from several sides, in whatever order', async () => {
    const admin = await at('ID', 'admin');
    const list = ['35', '33', '3319'].map((code) => input(code, '+628100000042'));
    const counts = await Promise.all(
      Array.from({ length: 6 }, (_, at) => contacts.import(admin, at % 2 ? list : list.toReversed())),
    );
    expect(counts.filter(({ created }) => created === 3)).toHaveLength(1);
    expect(counts.filter(({ updated }) => updated === 3)).toHaveLength(5);
  });
});
