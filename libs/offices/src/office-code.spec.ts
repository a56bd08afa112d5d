import { foldOfficeCode } from './office-code';
import { officeChanges, officeCode } from './office-schemas';

describe('foldOfficeCode', () => {
  it.each([
    ['33.23', '3323'],
    [' 33.23 ', '3323'],
    ['33.23.', '3323'],
    ['33 23', '3323'],
    ['33. 23', '3323'],
    ['３３．２３', '3323'],
    ['33.23.01', '332301'],
    ['3323', '3323'],
    ['33', '33'],
    ['ID', 'ID'],
    ['KANTOR.01', 'KANTOR.01'],
    ['1.2', '1.2'],
    ['33-23', '33-23'],
    ['\u200b33.23\u202c', '3323'],
    ['KANTOR\u201301', 'KANTOR-01'],
  ])('%j is %j', (written, code) => {
    expect(foldOfficeCode(written)).toBe(code);
    expect(foldOfficeCode(code)).toBe(code);
  });
});

it('is what the schema of a code makes of it, wherever one is read', () => {
  expect(officeCode.parse('33.23')).toBe('3323');
  expect(officeChanges.parse({ parent: '33.23' })).toEqual({ parent: '3323' });
  expect(officeCode.safeParse('33/23').success).toBe(false);
});
