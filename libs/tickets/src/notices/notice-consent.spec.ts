import { complaintSchema } from '../intake/complaint';
import { documentKinds, purposes } from '../model/vocabulary';
import { addressesOf } from './notice-channels';
import { documentsInWords, whereAgain } from './notice-words';
import { fieldErrors } from '@sinkron/observability';

const applicant = {
  name: 'Melati Pertiwi',
  nik: '3319994107980001',
  kk: '3319991502250001',
  birthDate: '1998-07-01',
};
const complaint = {
  service: 'nik_kk_sync',
  cause: 'kk_changed_not_synced',
  channel: 'counter',
} as const;

describe('the channels of a complaint', () => {
  const judge = (notices: unknown, reached: object = {}) =>
    complaintSchema.safeParse({ ...complaint, applicant: { ...applicant, ...reached }, notices });

  it('may be left out, and stand in the order that the applicant prefers', () => {
    const reached = { phone: '0810 0000 003', email: 'melati@demo.sinkron.test' };
    expect(judge(undefined).data).not.toHaveProperty('notices', expect.anything());
    expect(judge(['email', 'whatsapp'], reached).data?.notices).toEqual(['email', 'whatsapp']);
  });

  it.each([
    [['whatsapp'], {}, ['notices.0 needs_phone']],
    [['whatsapp', 'email'], { phone: '+628100000003' }, ['notices.1 needs_email']],
    [['whatsapp', 'email'], {}, ['notices.0 needs_phone', 'notices.1 needs_email']],
    [['whatsapp', 'whatsapp'], { phone: '+628100000003' }, ['notices named_twice']],
    [[], {}, ['notices too_short']],
    ['whatsapp', {}, ['notices wrong_type']],
    [['webhook'], {}, ['notices.0 unknown_value']],
  ])('%j with %j is refused', (notices, reached, told) => {
    const errors = fieldErrors(judge(notices, reached).error?.issues ?? []);
    expect(errors.map(({ field, code }) => `${field} ${code}`)).toEqual(told);
  });
});

it('addresses are those that were stated, each for its channel', () => {
  expect(addressesOf(applicant)).toEqual({});
  expect(addressesOf({ ...applicant, phone: '+628100000003' })).toEqual({ whatsapp: '+628100000003' });
  expect(addressesOf({ ...applicant, email: 'a@b.test' })).toEqual({ email: 'a@b.test' });
});

it('every purpose and every kind of document has words in both languages', () => {
  for (const purpose of purposes) expect(Object.values(whereAgain[purpose]).every(Boolean)).toBe(true);
  const { id, en } = documentsInWords([...documentKinds, 'family_card']);
  expect([id.split(', ').length, en.split(', ').length]).toEqual([
    documentKinds.length,
    documentKinds.length,
  ]);
  expect(documentsInWords([]).id).toBe('dokumen lain yang diminta petugas');
});
