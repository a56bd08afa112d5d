import { LinesDesk, reported, written } from '../testing/lines-desk';
import { CloudBatches } from '../whatsapp/cloud-batches';
import { fromBinary } from '@sinkron/database';
import { WhatsAppWindows } from '@sinkron/messaging';

const phone = '+628100000041';
let desk: LinesDesk;
beforeAll(async () => {
  desk = await LinesDesk.start();
});
beforeEach(async () => {
  await desk.clear();
  await desk.sql('delete from whatsapp_window');
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => desk.close());

const isOpen = () => desk.app.get(WhatsAppWindows, { strict: false }).isOpen(phone);
const count = async (table: 'inbound' | 'work') => (await desk.sql(`select 1 from ${table}`)).length;

it('stores a post with its work, leased for the job that is added after the commit', async () => {
  await desk.inbox.store('whatsapp', written(phone, 'Halo'));
  expect(await desk.sql('select channel from inbound')).toEqual([{ channel: 'whatsapp' }]);
  expect(
    await desk.sql('select kind, lane, lease_no, leased_until > utc_timestamp(3) as leased from work'),
  ).toEqual([{ kind: 'inbound', lane: 'regular', lease_no: 1, leased: 1 }]);
  expect(await isOpen()).toBe(false);
});

it('stores a repeated post once', async () => {
  const body = written(phone, 'Halo');
  await Promise.all([1, 2, 3].map(() => desk.inbox.store('whatsapp', body)));
  await desk.inbox.store('whatsapp', written(phone, 'Halo'));
  expect([await count('inbound'), await count('work')]).toEqual([2, 2]);
});

it('keeps what is written sealed', async () => {
  await desk.inbox.store('whatsapp', written(phone, 'Halo'));
  const [row] = await desk.sql<{ sealed: Buffer }>('select sealed from inbound');
  expect(row!.sealed.toString('latin1')).not.toContain(phone.slice(1));
  expect(row!.sealed.toString('latin1')).not.toContain(Buffer.from(phone.slice(1)).toString('base64'));
});

it('handles a post by its work, and deletes both', async () => {
  await desk.inbox.store('whatsapp', written(phone, 'Halo'));
  await desk.handle();
  expect(await isOpen()).toBe(true);
  expect([await count('inbound'), await count('work')]).toEqual([0, 0]);
});

it('takes a post that comes again after it was handled as if it had not come', async () => {
  const body = written(phone, 'Halo');
  await desk.inbox.store('whatsapp', body);
  await desk.handle();
  const windows = await desk.sql('select * from whatsapp_window');
  await desk.inbox.store('whatsapp', body);
  await desk.handle();
  expect(await desk.sql('select * from whatsapp_window')).toEqual(windows);
  expect(await count('inbound')).toBe(0);
});

it('keeps a post that could not be handled, for a later attempt', async () => {
  await desk.inbox.store('whatsapp', written(phone, 'Halo'));
  const batches = desk.app.get(CloudBatches, { strict: false });
  const fault = jest.spyOn(batches, 'apply').mockRejectedValueOnce(new Error('The database is away'));
  await desk.handle();
  expect(await desk.sql('select reason, attempts from work')).toEqual([
    { reason: 'internal_error', attempts: 1 },
  ]);
  expect(await count('inbound')).toBe(1);
  fault.mockRestore();
  await desk.handle();
  expect(await isOpen()).toBe(true);
  expect([await count('inbound'), await count('work')]).toEqual([0, 0]);
});

it('ends work whose post is gone', async () => {
  await desk.inbox.store('whatsapp', written(phone, 'Halo'));
  await desk.sql('delete from inbound');
  await desk.handle();
  expect(await count('work')).toBe(0);
});

it('stores a post of the largest size that the route lets through', async () => {
  const body = written(phone, 'x'.repeat(3_000_000));
  await desk.inbox.store('whatsapp', body);
  await desk.handle();
  expect(await isOpen()).toBe(true);
});

it('applies delivery reports', async () => {
  await desk.ask(phone);
  const [row] = await desk.sql<{ id: Buffer }>('select id from delivery');
  await desk.inbox.store('whatsapp', reported(fromBinary(row!.id), 'read'));
  await desk.handle();
  expect(await desk.sql('select state, provider_id from delivery')).toEqual([
    { state: 'read', provider_id: 'wamid.X' },
  ]);
});
