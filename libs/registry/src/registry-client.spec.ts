import { readContent } from './registry-client';

const sesuai = { NIK: 'Sesuai', NO_KK: 'Tidak Sesuai', NAMA_LGKP: 'Sesuai (100)', TGL_LHR: 'Sesuai' };

it('reads the verdicts, and the scores beside them', () => {
  expect(readContent(sesuai)).toEqual({
    kind: 'compared',
    code: '00',
    verdicts: { nik: true, kk: false, name: true, birthDate: true },
    scores: { name: 100 },
  });
  expect(readContent({ ...sesuai, NAMA_LGKP: 'Tidak Sesuai (71)' })).toMatchObject({
    verdicts: { name: false },
    scores: { name: 71 },
  });
});

it.each([
  [
    { RESPONSE_CODE: '13', RESPONSE_DESC: 'Data Tidak Ditemukan' },
    { kind: 'unknown', code: '13' },
  ],
  [{ RESPON: 'Data Tidak Ditemukan' }, { kind: 'unknown', code: '13' }],
  [{ RESPONSE: '13 - Data tidak ditemukan' }, { kind: 'unknown', code: '13' }],
  [{ RESPONSE_CODE: 11 }, { kind: 'refusal', code: '11', reason: 'deceased' }],
  [
    { RESPON: 'Data Ditemukan, Status Data Ganda' },
    { kind: 'refusal', code: '12', reason: 'duplicate_data' },
  ],
  [
    { RESPONSE: 'Data ditemukan, tidak aktif, silakan hubungi Dinas' },
    { kind: 'refusal', code: '14', reason: 'inactive' },
  ],
  [
    { RESPONSE_CODE: '7', RESPONSE: 'Parameter' },
    { kind: 'refusal', code: '07', reason: 'parameters_invalid' },
  ],
])('reads %j, whatever its shape', (content, reading) => {
  expect(readContent(content)).toEqual(reading);
});

it.each([
  [{ RESPONSE_CODE: '05' }, 'quota_used_up'],
  [{ RESPON: 'Kuota Akses Hari Ini Telah Habis' }, 'quota_used_up'],
  [{ RESPONSE: 'Di Luar Jam Akses yang Diizinkan' }, 'outside_hours'],
  [{ RESPONSE_CODE: '03' }, 'configuration'],
  [{ RESPONSE_CODE: '99' }, 'nonsense'],
  [{ RESPON: 'apa saja' }, 'nonsense'],
  [{}, 'nonsense'],
  [{ NIK: 'Sesuai' }, 'nonsense'],
])('counts %j against the centre', (content, fault) => {
  expect(() => readContent(content)).toThrow(expect.objectContaining({ fault }));
});
