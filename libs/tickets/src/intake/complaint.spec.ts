import { applicantSchema, correctedFields, instant } from './complaint';
import { fieldErrors } from '@sinkron/observability';

const typed = {
  name: "Nur'aini Pertiwi",
  nik: '3319994107980001',
  kk: '3319991502250001',
  previousKk: '3319990101100001',
  birthDate: '1998-07-01',
  birthPlace: 'Kudus',
  phone: '+628100000001',
  email: 'melati@demo.sinkron.test',
};

/** The same as it comes out of spreadsheets, phones and chats. */
const pasted = {
  name: '\u202aNur\u2019aini\u200b Pertiwi\u202c',
  nik: "'3319994107980001",
  kk: '*3319\u200b9915\u00ad02250001*',
  previousKk:
    '\uff13\uff13\uff11\uff19\uff19\uff19\uff10\uff11\uff10\uff11\uff11\uff10\uff10\uff10\uff10\uff11',
  birthDate: '1998\u201307\u201301.',
  birthPlace: '\ufeffKudus\u00a0',
  phone: '\u202a+62\u00a0810\u20110000\u2011001\u202c',
  email: '\u200bmelati@demo.sinkron.test,',
};

it.each(Object.keys(typed) as (keyof typeof typed)[])('folds a pasted %s', (field) => {
  expect(applicantSchema.parse({ ...typed, [field]: pasted[field] })).toEqual(typed);
  expect(correctedFields.parse({ [field]: pasted[field] })).toEqual({ [field]: typed[field] });
});

it.each(Object.keys(typed) as (keyof typeof typed)[])(
  'takes %s away by null where it need not be stated',
  (field) => {
    const { [field]: _, ...rest } = typed;
    const isOptional = applicantSchema.safeParse(rest).success;
    expect(correctedFields.safeParse({ [field]: null }).success).toBe(isOptional);
  },
);

it('folds a pasted time', () => {
  expect(instant.parse('\u200e2026\u201311\u201325T23:59:00+07:00')).toEqual(
    new Date('2026-11-25T23:59:00+07:00'),
  );
});

it.each([
  ['name', 'name_unreadable', /^Nama /, /^The name /],
  ['birthPlace', 'place_unreadable', /^Tempat lahir /, /^The place of birth /],
])('refuses a %s with a letter that was lost, and names the field', (field, code, id, en) => {
  const { error } = applicantSchema.safeParse({ ...typed, [field]: 'Ku\ufffdus' });
  expect(fieldErrors(error!.issues)).toEqual([
    { field, code, message: { id: expect.stringMatching(id), en: expect.stringMatching(en) } },
  ]);
});

it('does not make a valid number of a wrong one', () => {
  for (const nik of ['3319 9941 0798 0001', '331999410798000', '3319994107980001 3', '3319994107980OO1'])
    expect(applicantSchema.safeParse({ ...typed, nik }).success).toBe(false);
});
