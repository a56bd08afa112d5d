import { viewPrediction } from './prediction-words';
import type { Prediction } from '@sinkron/lag';

/** 10.00 WIB, a Sunday. */
const now = new Date('2026-11-22T03:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const known: Prediction = {
  from: hours(4),
  to: hours(11),
  by90: hours(23),
  sampleSize: 212,
  basis: 'region',
  reason: null,
};
const unknown: Prediction = { from: null, to: null, by90: null, sampleSize: null, basis: null, reason: null };

function text(
  prediction: Prediction,
  language: 'id' | 'en' = 'id',
  zone: 'Asia/Jakarta' | 'Asia/Jayapura' = 'Asia/Jakarta',
) {
  return viewPrediction(prediction, { now, zone, language })?.text;
}

it('says the range, nine of ten and the sample, on the clock of the office', () => {
  expect(text(known)).toBe(
    'Biasanya antara 14.00 dan 21.00; 9 dari 10 selesai sebelum besok 09.00 (dari 212 kasus).',
  );
  expect(text(known, 'en')).toBe(
    'Usually between 14:00 and 21:00; 9 of 10 are done before tomorrow 09:00 (from 212 tickets).',
  );
  expect(text(known, 'id', 'Asia/Jayapura')).toContain('antara 16.00 dan 23.00');
});

it('names the day when it is farther than tomorrow', () => {
  expect(text({ ...known, by90: hours(71) })).toContain('sebelum Rabu 25 November 09.00');
});

it('says one moment where the range is less than a minute', () => {
  expect(text({ ...known, to: hours(4) })).toContain('Biasanya sekitar 14.00;');
});

it.each([
  [{ ...unknown, reason: 'too_few_cases' as const }, /^Belum cukup kasus untuk memperkirakan waktunya\.$/],
  [
    { ...known, reason: 'not_handed_over' as const },
    /kasus\)\. Dihitung dari sekarang; belum diterima pusat\.$/,
  ],
  [
    { ...known, by90: null, reason: 'longer_than_seen' as const },
    /21\.00 \(dari 212 kasus\)\. Mungkin lebih lama/,
  ],
  [
    { ...known, to: null, by90: null, reason: 'longer_than_seen' as const },
    /^Biasanya setelah 14\.00 \(dari/,
  ],
  [{ ...unknown, reason: 'waits_for_person' as const }, /^Menunggu tindakan orang/],
])('is honest about what it does not know: %#', (prediction, expected) => {
  expect(text(prediction)).toMatch(expected);
});

it('says nothing of a closed ticket', () => {
  expect(viewPrediction(null, { now, zone: 'Asia/Jakarta', language: 'id' })).toBeNull();
});
