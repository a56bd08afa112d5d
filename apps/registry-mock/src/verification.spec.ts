import type { Registered } from './residents';
import type { VerificationSetting } from './settings';
import { judge, verificationRequest, type VerificationRequest } from './verification';

const siti: Registered = {
  nik: '3319994101900001',
  noKk: '3319990101150001',
  name: 'SITI AMINAH',
  birthPlace: 'KUDUS',
  birthDate: '1990-01-01',
  sex: 'F',
  state: 'active',
};
const asked: VerificationRequest = {
  USER_ID: 'u',
  PASSWORD: 'p',
  IP_USER: '10.0.0.1',
  TRESHOLD: 90,
  NIK: siti.nik,
};
const morning = { day: '2026-11-22', time: '08:30' };

function answer(
  request: object,
  registered: Registered | null = siti,
  setting: VerificationSetting = {},
  quotaLeft = true,
) {
  return judge(verificationRequest.parse(request), registered, setting, morning, () => quotaLeft);
}

it('gives verdicts for what was asked and nothing else, scores for the fuzzy elements only', () => {
  const request = {
    ...asked,
    NO_KK: '3319990101150002',
    NAMA_LGKP: 'Siti Aminah',
    TMPT_LHR: 'KUDUZ',
    TGL_LHR: '01-01-1990',
    JENIS_KLMIN: 'Perempuan',
  };
  expect(answer(request)).toEqual({
    NIK: 'Sesuai',
    NO_KK: 'Tidak Sesuai',
    NAMA_LGKP: 'Sesuai (100)',
    TMPT_LHR: 'Tidak Sesuai (80)',
    TGL_LHR: 'Sesuai',
    JENIS_KLMIN: 'Sesuai',
  });
  expect(answer({ ...asked, NO_KK: '', TGL_LHR: '02-01-1990' })).toEqual({
    NIK: 'Sesuai',
    TGL_LHR: 'Tidak Sesuai',
  });
});

it('respects TRESHOLD, as number or text, and takes 100 without one', () => {
  const request = { ...asked, NAMA_LGKP: 'SITI AMINA' };
  expect(answer({ ...request, TRESHOLD: 90 })).toMatchObject({ NAMA_LGKP: 'Sesuai (90)' });
  expect(answer({ ...request, TRESHOLD: '91' })).toMatchObject({ NAMA_LGKP: 'Tidak Sesuai (90)' });
  expect(answer({ ...request, TRESHOLD: undefined })).toMatchObject({ NAMA_LGKP: 'Tidak Sesuai (90)' });
});

it.each([
  ['11', 'deceased'],
  ['12', 'duplicate'],
  ['14', 'inactive'],
] as const)('answers %s for a resident who is %s', (code, state) => {
  const content = answer({ ...asked, NO_KK: siti.noKk }, { ...siti, state });
  expect(Object.keys(content)).toEqual(['RESPONSE_CODE', 'RESPONSE_DESC']);
  expect(content).toMatchObject({ RESPONSE_CODE: code });
});

it.each<[string, object, Registered | null, VerificationSetting]>([
  ['13', asked, null, {}],
  ['15', { ...asked, NIK: '33199941' }, null, {}],
  ['07', { ...asked, NIK: undefined }, null, {}],
  ['07', { ...asked, NIK: 3319994101900001 }, siti, {}],
  ['07', { ...asked, TRESHOLD: '101' }, siti, {}],
  ['07', { ...asked, TRESHOLD: null }, siti, {}],
  ['07', { ...asked, TGL_LHR: '1990-01-01' }, siti, {}],
  ['07', { ...asked, JENIS_KLMIN: 'F' }, siti, {}],
  ['07', [], siti, {}],
  ['03', asked, siti, { credentials: { user: 'u', password: 'other' } }],
  ['03', asked, siti, { credentials: { user: 'other', password: 'p' } }],
  ['04', asked, siti, { credentials: { user: 'u', password: 'p', ip: '10.0.0.2' } }],
  ['06', asked, siti, { permittedHours: { from: '09:00', to: '16:00' } }],
  ['06', asked, siti, { permittedHours: { from: '22:00', to: '08:29' } }],
  ['17', asked, siti, { answerCode: '17' }],
])('answers %s to %j', (code, request, registered, setting) => {
  expect(answer(request, registered, setting)).toMatchObject({ RESPONSE_CODE: code });
});

it.each<VerificationSetting>([
  {},
  { credentials: { user: 'u', password: 'p', ip: '10.0.0.1' } },
  { permittedHours: { from: '08:30', to: '08:30' } },
  { permittedHours: { from: '22:00', to: '09:00' } },
  { answerCode: null },
])('lets a request through with %j', (setting) => {
  expect(answer(asked, siti, setting)).toEqual({ NIK: 'Sesuai' });
});

it('says 00 or 01 beside the verdicts when told to', () => {
  expect(answer(asked, siti, { answerCode: '01' })).toMatchObject({ RESPONSE_CODE: '01', NIK: 'Sesuai' });
});

it('uses no quota for what is refused before the data', () => {
  let used = 0;
  const takeQuota = () => Boolean((used += 1));
  judge(asked, siti, { answerCode: '09' }, morning, takeQuota);
  judge({}, siti, {}, morning, takeQuota);
  expect(used).toBe(0);
  judge(asked, null, {}, morning, takeQuota);
  expect(used).toBe(1);
});

it('shapes failures in all three ways: by code, or all alike when told to', () => {
  expect(answer(asked, siti, {}, false)).toEqual({ RESPON: 'Kuota Akses Hari Ini Telah Habis' });
  expect(answer({ ...asked, NIK: '1' })).toEqual({
    RESPONSE_CODE: '15',
    RESPONSE: 'Format NIK Tidak Sesuai',
  });
  expect(answer(asked, null, { errorShape: 'RESPON' })).toEqual({ RESPON: 'Data Tidak Ditemukan' });
});
