import { LinesDesk, written } from '../testing/lines-desk';
import { toBinary } from '@sinkron/database';

let serial = 50;
let phone: string;
let desk: LinesDesk;
beforeAll(async () => {
  desk = await LinesDesk.start();
});
beforeEach(async () => {
  await desk.clear();
  // The attempts of a number are counted in Redis: another number each time.
  phone = `+6281${process.pid % 100_000}${Date.now() % 10_000}${++serial}`.slice(0, 15);
});
afterAll(() => desk.close());

async function write(body: Buffer): Promise<void> {
  await desk.inbox.store('whatsapp', body);
  await desk.handle();
}

async function stateOf(id: string): Promise<string> {
  const [row] = await desk.sql<{ state: string }>('select state from escalation where id = ?', [
    toBinary(id),
  ]);
  return row!.state;
}

/** The templates of the answers, oldest first. */
async function answers(): Promise<string[]> {
  const rows = await desk.sql<{ template: string }>(
    `select template from delivery where template like 'reply_%' order by id`,
  );
  return rows.map(({ template }) => template);
}

it.each([
  ['AMBIL 0000'],
  ['ambil 0000'],
  ['0000'],
  ['  Ambil \n #0000. '],
  ['#0000!'],
  ['\u202a*AMBIL\u00a00000*\u202c.'],
])('takes what the message asked when its officer writes %p, and answers', async (text) => {
  const { id, code } = await desk.ask(phone);
  await write(written(phone, text.replace('0000', code)));
  expect(await stateOf(id)).toBe('acknowledged');
  expect(await answers()).toEqual(['reply_taken']);
});

it('answers a message once, however often it comes', async () => {
  const { code } = await desk.ask(phone);
  await write(written(phone, code, { id: 'wamid.once' }));
  await write(written(phone, code, { id: 'wamid.once' }));
  expect(await answers()).toEqual(['reply_taken']);
});

it('answers that a code is not valid, from another number or with another code', async () => {
  const { id, code } = await desk.ask(phone);
  const another = phone.slice(0, -1) + (phone.endsWith('1') ? '2' : '1');
  await write(written(another, code));
  await write(written(phone, `AMBIL ${code === '1234' ? '4321' : '1234'}`));
  expect(await answers()).toEqual(['reply_nothing', 'reply_nothing']);
  expect(await stateOf(id)).toBe('open');
});

it.each([
  ['another text', 'Halo'],
  ['a text that holds a code', 'Tolong ambil 0000 sekarang juga'],
  ['a code that is too long', 'AMBIL 00001'],
  ['a long text', `${'AMBIL '.padEnd(60)}0000`],
])('leaves %s alone', async (_what, text) => {
  const { id, code } = await desk.ask(phone);
  await write(written(phone, text.replace('0000', code)));
  expect([await stateOf(id), await answers()]).toEqual(['open', []]);
});

it('leaves alone a message that comes late, or from a hidden number', async () => {
  const { id, code } = await desk.ask(phone);
  await write(written(phone, code, { at: new Date(Date.now() - 16 * 60_000) }));
  await write(written(null, code));
  expect([await stateOf(id), await answers()]).toEqual(['open', []]);
});

it('stops answering a number that tries one code after the other', async () => {
  const { id, code } = await desk.ask(phone);
  const wrong = code === '1234' ? '4321' : '1234';
  for (let n = 0; n < 22; n++) await write(written(phone, wrong));
  await write(written(phone, code));
  expect(await answers()).toHaveLength(20);
  expect(await stateOf(id)).toBe('open');
});
