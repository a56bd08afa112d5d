import { type Applicant, differingFields } from './applicant';

const one: Required<Applicant> = {
  name: 'Sari Wulandari',
  nik: '3319994107980001',
  kk: '3319991502250001',
  previousKk: '3319990101100001',
  birthDate: '1998-07-01',
  birthPlace: 'Kudus',
  sex: 'F',
  phone: '+628100000001',
  email: 'sari@example.id',
};

describe('two statements of one person', () => {
  it('differ in every field that both give and that is not the NIK', () => {
    const other = Object.fromEntries(Object.keys(one).map((field) => [field, `${field} of the other`]));

    expect(differingFields(one, { ...one, ...other })).toEqual(
      Object.keys(one).filter((field) => field !== 'nik'),
    );
  });

  it('do not differ in case, in spaces or in what only one of them gives', () => {
    const { nik, kk, birthDate } = one;

    expect(differingFields(one, { name: 'SARI  WULANDARI', nik, kk, birthDate })).toEqual([]);
  });
});
