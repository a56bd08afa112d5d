import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { isSigned, readCloudWebhook } from './cloud-webhook';

const secret = 'the secret of the app';
const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
const sign = (bytes: Buffer, by = secret) => `sha256=${createHmac('sha256', by).update(bytes).digest('hex')}`;

const timestamp = '1795850000';
const at = new Date(1_795_850_000_000);
const written = {
  from: '628100000001',
  id: 'wamid.A=',
  timestamp,
  type: 'text',
  text: { body: 'AMBIL 4821' },
};
const report = { id: 'wamid.B=', status: 'delivered', timestamp, recipient_id: '628100000002' };
const change = (value: object) => ({ field: 'messages', value });
const batch = (...values: object[]) => ({ entry: [{ id: '1', changes: values.map(change) }] });

describe('a signature', () => {
  it('fits the bytes and the secret', () => {
    expect(isSigned(body, sign(body), secret)).toBe(true);
    expect(
      isSigned(
        body,
        sign(body).replace(/[a-f]/g, (letter) => letter.toUpperCase()),
        secret,
      ),
    ).toBe(true);
  });

  it.each([
    ['by another secret', sign(body, 'another secret')],
    ['of other bytes', sign(Buffer.concat([body, Buffer.from(' ')]))],
    ['that is cut short', sign(body).slice(0, -1)],
    ['that goes on', `${sign(body)}0`],
    ['without the name of its kind', sign(body).slice('sha256='.length)],
    ['of an older kind', `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`],
    ['that is empty', ''],
    ['that is empty but for its kind', 'sha256='],
    ['that is not there', undefined],
    ['that is there twice', [sign(body), sign(body)]],
  ])('%s does not', (_what, header) => {
    expect(isSigned(body, header, secret)).toBe(false);
  });
});

it('reads who wrote what, and what became of what we wrote', () => {
  const named = { ...report, biz_opaque_callback_data: '0199' };
  expect(readCloudWebhook(batch({ messages: [written], statuses: [named] }))).toEqual({
    messages: [{ from: '+628100000001', id: 'wamid.A=', at, text: 'AMBIL 4821' }],
    statuses: [
      {
        providerId: 'wamid.B=',
        deliveryId: '0199',
        to: '+628100000002',
        status: 'delivered',
        at,
        errorCode: null,
      },
    ],
  });
});

it('reads every entry, every change and every message of a batch', () => {
  const entries = [
    batch({ messages: [written, written] }),
    batch({ messages: [written] }, { statuses: [report] }),
  ];
  const { messages, statuses } = readCloudWebhook({ entry: entries.flatMap(({ entry }) => entry) });
  expect([messages.length, statuses.length]).toEqual([3, 1]);
});

it('takes a message whose sender hides the number, or that has no text', () => {
  const hidden = { from_user_id: 'ID.1349', id: 'wamid.C=', timestamp, type: 'image', image: { id: '9' } };
  const { messages } = readCloudWebhook(batch({ messages: [hidden] }));
  expect(messages).toEqual([{ from: null, id: 'wamid.C=', at, text: null }]);
});

it('gives the reason why a message failed', () => {
  const failed = { ...report, status: 'failed', errors: [{ code: 131026, title: 'Undeliverable' }] };
  const { statuses } = readCloudWebhook(batch({ statuses: [failed] }));
  expect(statuses).toMatchObject([{ status: 'failed', errorCode: 131026 }]);
});

it.each([
  ['without an id', { ...written, id: undefined }],
  ['without a time', { ...written, timestamp: undefined }],
  ['with a time that is none', { ...written, timestamp: '1e99' }],
  ['that is no object', 'written'],
  ['that is null', null],
])('leaves a message %s out, and reads the others', (_what, odd) => {
  const { messages } = readCloudWebhook(batch({ messages: [odd, written] }));
  expect(messages.map(({ id }) => id)).toEqual(['wamid.A=']);
});

it('leaves out reports of other things, and statuses that are unknown', () => {
  const other = { entry: [{ changes: [{ field: 'account_update', value: { messages: [written] } }] }] };
  expect(readCloudWebhook(other)).toEqual({ messages: [], statuses: [] });
  expect(readCloudWebhook(batch({ statuses: [{ ...report, status: 'played' }] })).statuses).toEqual([]);
});

it('throws at nothing', () => {
  fc.assert(
    fc.property(fc.anything(), (odd) => {
      for (const whole of [
        odd,
        { entry: odd },
        { entry: [{ changes: [odd] }] },
        batch({ messages: [odd], statuses: odd }),
      ])
        expect(readCloudWebhook(whole)).toEqual({ messages: [], statuses: [] });
    }),
  );
});
