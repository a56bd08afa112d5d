import { explain } from './diagnosis';

const all = { nik: true, kk: true, name: true, birthDate: true, birthPlace: true, sex: true };

it.each([
  ['all matches', all, null, null],
  ['the KK differs', { ...all, kk: false }, 'kk_changed_not_synced', 'routine'],
  ['the place of birth differs', { ...all, birthPlace: false }, 'stale_record', 'routine'],
  ['KK and birth date differ', { ...all, kk: false, birthDate: false }, 'stale_record', 'routine'],
  ['the name differs', { ...all, name: false }, 'stale_record', 'name_or_more_differs'],
  ['name and sex differ', { ...all, name: false, sex: false }, 'stale_record', 'somebody_else'],
])('says before anything is saved what a push would do: %s', (_, verdicts, cause, risk) => {
  expect(explain({ kind: 'compared', code: '00', verdicts, scores: {} })).toMatchObject({ cause, risk });
});

it('says so of a NIK that the centre does not know', () => {
  expect(explain({ kind: 'unknown', code: '13' })).toMatchObject({
    cause: 'nik_not_at_centre',
    risk: 'unknown_nik',
    verdicts: { nik: 'mismatch', kk: 'unknown' },
  });
});

it('says of a match below 100 that it is not the very same', () => {
  const alike = explain({ kind: 'compared', code: '00', verdicts: all, scores: { name: 95 } });
  expect(alike).toMatchObject({ risk: null, scores: { name: 95 } });
  expect(alike.advice.id).toMatch(/skor 95 dari 100/);
  const same = explain({ kind: 'compared', code: '00', verdicts: all, scores: { name: 100 } });
  expect(same.advice.id).not.toMatch(/skor/);
});

it('speaks of place and sex only where they were asked', () => {
  const { birthPlace: _place, sex: _sex, ...four } = all;
  expect(Object.keys(explain({ kind: 'compared', code: '00', verdicts: four, scores: {} }).verdicts)).toEqual(
    ['nik', 'kk', 'name', 'birthDate'],
  );
});
