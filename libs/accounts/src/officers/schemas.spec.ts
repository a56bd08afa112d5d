import { signInInput } from '../sessions/sign-in-schemas';
import { officerInput } from './officer-schemas';
import { pageQuery } from '@sinkron/database';
import { fieldErrors } from '@sinkron/observability';
import { officeInput } from '@sinkron/offices';
import { z } from 'zod';

const officer = {
  email: 'Petugas.Kudus@Demo.Sinkron.Test',
  name: ' Melati Lestari ',
  role: 'officer',
  office: '3319',
  password: 'twelve chars',
};

function errors(schema: z.ZodType, input: unknown) {
  return fieldErrors(schema.safeParse(input).error?.issues ?? []);
}

it('brings address and name of an officer into one form', () => {
  expect(officerInput.parse(officer)).toMatchObject({
    email: 'petugas.kudus@demo.sinkron.test',
    name: 'Melati Lestari',
  });
});

it('folds what is pasted into the fields of an officer', () => {
  const pasted = {
    email: '\u200b*Melati@Demo.Sinkron.Test*\u202c,',
    name: 'Nur\u2019aini\u200b Lestari',
    office: '\u200e33.19',
    phone: '\u202a+62\u00a0810\u20110000\u2011001\u202c',
  };
  expect(officerInput.parse({ ...officer, ...pasted })).toMatchObject({
    email: 'melati@demo.sinkron.test',
    name: "Nur'aini Lestari",
    office: '3319',
    phone: '+628100000001',
  });
  const { email, password } = { ...officer, ...pasted };
  expect(signInInput.parse({ email, password }).email).toBe('melati@demo.sinkron.test');
});

it.each([
  ['email', 'not an address', 'email_format'],
  ['email', `${'a'.repeat(250)}@x.test`, 'email_format'],
  ['name', '\u0007', 'name_format'],
  ['name', 'Ren\ufffd', 'name_unreadable'],
  ['role', 'boss', 'unknown_value'],
  ['office', 'Kudus Kota', 'office_code_format'],
  ['password', 'elevenchars', 'password_length'],
  ['password', 123_456_789_012, 'wrong_type'],
  ['extra', 1, 'unknown_field'],
])('says of the officer field %s, %j: %s', (field, value, code) => {
  const found = errors(officerInput, { ...officer, [field]: value });
  expect(found.map((error) => [error.field, error.code])).toEqual([[field, code]]);
  expect(JSON.stringify(found)).not.toContain(String(value).slice(0, 60));
});

it('names every wrong field of an office, in both languages', () => {
  const found = errors(officeInput, { code: '', name: '', level: 'city', zone: 'Asia/Tokyo' });
  expect(found.map(({ field }) => field)).toEqual(['code', 'name', 'level', 'zone']);
  for (const { message } of found)
    expect([message.id, message.en].every((text) => text.length > 5)).toBe(true);
});

it('reads the query of a list', () => {
  expect(pageQuery.parse({})).toEqual({ limit: 20 });
  expect(pageQuery.parse({ limit: '100' }).limit).toBe(100);
  const wrong = [{ limit: '0' }, { limit: '101' }, { limit: 'x' }, { limit: '1.5' }, { cursor: "1' or 1" }];
  for (const query of wrong) expect(errors(pageQuery, query)).toHaveLength(1);
});

it('describes itself for the API document', () => {
  for (const schema of [officeInput, officerInput, signInInput, pageQuery]) {
    expect(() => z.toJSONSchema(schema, { io: 'input' })).not.toThrow();
  }
  expect(z.toJSONSchema(officerInput)).toMatchObject({ properties: { password: { minLength: 12 } } });
});
