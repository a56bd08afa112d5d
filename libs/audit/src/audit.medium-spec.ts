import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { Audit } from './audit';
import { auditHash } from './audit-entry';
import { accountEntities } from '@sinkron/accounts';
import { newId, Transactions } from '@sinkron/database';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

jest.setTimeout(60_000);

let database: TestDatabase;
const officerId = newId();
const officeId = newId();

beforeAll(async () => {
  database = await testDatabase({ entities: [...officeEntities, ...auditEntities, ...accountEntities] });
});
afterAll(() => database.close());
beforeEach(async () => {
  for (const table of ['audit', 'audit_chain']) await database.dataSource.query(`delete from ${table}`);
});

interface Row {
  id: Buffer;
  chain_id: Buffer;
  seq: number;
  action: string;
  prev_hash: Buffer;
  hash: Buffer;
  detail: string | null;
}

const rows = () => database.transactions.query<Row>('select * from audit order by chain_id, seq');
const heads = () =>
  database.transactions.query<{ id: Buffer; writer: string; seq: number; head_hash: Buffer }>(
    'select * from audit_chain order by id',
  );

/** Every chain counts from 1, each row names the hash before it, and the head is the last row. */
async function expectWhole() {
  const found = await rows();
  for (const head of await heads()) {
    const chain = found.filter(({ chain_id: id }) => id.equals(head.id));
    expect(chain.map(({ seq }) => seq)).toEqual(chain.map((_, index) => index + 1));
    for (const [index, { prev_hash: before }] of chain.entries())
      expect(before).toEqual(chain[index - 1]?.hash ?? Buffer.alloc(32));
    expect([head.seq, head.head_hash]).toEqual([chain.length, chain.at(-1)?.hash]);
  }
}

it('chains acts of many transactions at once without a fork', async () => {
  const audit = new Audit(database.transactions, 'test');
  const act = (n: number) =>
    database.transactions.run((transaction) =>
      audit.record(
        transaction,
        { officerId, officeId, action: `act_${n}` },
        { officerId, officeId, action: `also_${n}` },
      ),
    );
  await Promise.all(Array.from({ length: 8 }, (_, n) => act(n)));
  expect(await rows()).toHaveLength(16);
  expect((await heads()).map(({ writer, seq }) => [writer, seq])).toEqual([['test acts', 16]]);
  await expectWhole();
});

it('writes many reads at once in few transactions, and answers none before its row', async () => {
  const audit = new Audit(database.transactions, 'test');
  const starts = jest.spyOn(database.transactions, 'run');
  await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      await audit.read({ officerId, officeId, action: `read_${n}` });
      expect((await rows()).map(({ action }) => action)).toContain(`read_${n}`);
    }),
  );
  expect(starts.mock.calls.length).toBeLessThan(5);
  starts.mockRestore();
  await expectWhole();
});

it('does not wait for the transaction of an act', async () => {
  const audit = new Audit(database.transactions, 'test');
  await database.transactions.run(async (transaction) => {
    await audit.record(transaction, { officerId, officeId, action: 'act' });
    await audit.read({ officerId, officeId, action: 'read' });
  });
  await expectWhole();
});

it('writes nothing twice when the answer to COMMIT is lost', async () => {
  const lossy = new (class extends Transactions {
    lose = true;
    override async run<T>(work: Parameters<Transactions['run']>[0]): Promise<T> {
      const result = (await super.run(work)) as T;
      if (!this.lose) return result;
      this.lose = false;
      throw Object.assign(new Error('gone'), { code: 'PROTOCOL_CONNECTION_LOST' });
    }
  })(database.dataSource);
  const audit = new Audit(lossy, 'test');
  await Promise.all(['one', 'two'].map((action) => audit.read({ officerId, officeId, action })));
  expect((await rows()).map(({ action }) => action)).toEqual(['one', 'two']);
  await expectWhole();
});

it('refuses a read that cannot be written, and forgets it', async () => {
  await database.dataSource.query('rename table audit_chain to audit_chain_away');
  const audit = new Audit(database.transactions, 'test');
  await expect(audit.read({ officerId, officeId, action: 'read' })).rejects.toThrow(/doesn't exist/);
  await database.dataSource.query('rename table audit_chain_away to audit_chain');
  await audit.read({ officerId, officeId, action: 'next' });
  expect((await rows()).map(({ action }) => action)).toEqual(['next']);
});

it('keeps ids whole and masks what looks like a number of a person', async () => {
  const ticket = '01912345-6789-7123-8456-789012345678';
  const audit = new Audit(database.transactions, 'test');
  await audit.read({
    officerId,
    officeId,
    action: 'read',
    detail: { tickets: [ticket], note: 'NIK 3319990101010001', fields: ['nik:masked'] },
  });
  const [row] = await rows();
  expect(JSON.parse(row!.detail!)).toEqual({
    tickets: [ticket],
    note: 'NIK ****************',
    fields: ['nik:masked'],
  });
});

it('hashes a row as the database gives it back', async () => {
  const audit = new Audit(database.transactions, 'test');
  const detail = { by: ['nik'], kantor: 'Kabupaten “Kudus”' };
  await database.transactions.run((transaction) =>
    audit.record(
      transaction,
      { officerId, officeId, action: 'search', ticketId: newId(), detail },
      { officerId: null, officeId: null, action: 'search' },
    ),
  );
  const found = await database.transactions.query<Record<string, Buffer | null>>(
    'select * from audit order by id',
  );
  expect(found).toHaveLength(2);
  for (const row of found) expect(row.hash).toEqual(auditHash(rowAsHashed(row)));
  await expectWhole();
});

function rowAsHashed(row: Record<string, unknown>): Parameters<typeof auditHash>[0] {
  const id = (bytes: unknown) => (bytes ? uuidOf(bytes as Buffer) : null);
  return {
    chainId: id(row.chain_id)!,
    seq: row.seq as number,
    id: id(row.id)!,
    at: row.at as Date,
    officerId: id(row.officer_id),
    officeId: id(row.office_id),
    sessionId: id(row.session_id),
    action: row.action as string,
    ticketId: id(row.ticket_id),
    detail: row.detail as string | null,
    prevHash: row.prev_hash as Buffer,
  };
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
