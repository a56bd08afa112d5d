import { z } from 'zod';
import { preferredLanguage } from './problem';
import { fieldErrors } from './schema-issues';

it.each([
  [undefined, 'id'],
  ['en-GB,en;q=0.9', 'en'],
  ['id;q=0.8,en;q=0.5', 'id'],
  ['fr, en;q=0.2', 'en'],
  ['en;q=0', 'id'],
  ['*', 'id'],
  ['in-ID,in', 'id'],
  ['in-ID,in;q=0.9,en;q=0.8', 'id'],
  ['ms-MY,en;q=0.8', 'id'],
  ['jv-ID,jv;q=0.9,en;q=0.7', 'id'],
  ['en;q=0.5,in;q=0.9', 'id'],
  ['en, in;q=0.9', 'en'],
  ['in;q=0, en;q=0.1', 'en'],
  ['*, en;q=0.5', 'id'],
  ['en;q=1 , *;q=0.1', 'en'],
  ['fr;q=1, en ;q=0.4, id ;q=0.3', 'en'],
])('reads Accept-Language %s as %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});

it('names the field of every issue and never repeats its value', () => {
  const schema = z.strictObject({
    applicant: z.strictObject({ nik: z.string() }),
    channel: z.enum(['counter']),
  });
  const given = { applicant: { nik: 3319991212900001, extra: 'rahasia' }, channel: 'pager', more: 1 };
  const errors = fieldErrors(schema.safeParse(given).error?.issues ?? []);
  expect(errors.map(({ field, code }) => [field, code])).toEqual([
    ['applicant.nik', 'wrong_type'],
    ['applicant.extra', 'unknown_field'],
    ['channel', 'unknown_value'],
    ['more', 'unknown_field'],
  ]);
  expect(JSON.stringify(errors)).not.toMatch(/rahasia|pager|3319/);
});
