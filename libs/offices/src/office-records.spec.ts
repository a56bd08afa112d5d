import { makeTheSame } from './office-records';
import { officeInput, type OfficeInput } from './office-schemas';

const kudus: Required<OfficeInput> = {
  code: '3319',
  name: 'Dinas Dukcapil Kabupaten Kudus',
  level: 'office',
  parent: '33',
  zone: 'Asia/Jakarta',
};

it('takes an office to be another one as soon as any field of it is', () => {
  expect(Object.keys(kudus)).toEqual(expect.arrayContaining(Object.keys(officeInput.shape)));
  expect(makeTheSame(kudus, { ...kudus })).toBe(true);
  for (const field of Object.keys(kudus))
    expect([field, makeTheSame(kudus, { ...kudus, [field]: 'another' })]).toEqual([field, false]);
});
