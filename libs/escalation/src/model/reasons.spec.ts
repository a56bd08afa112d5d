import { endCauses, endCauseTexts } from './end-causes';
import { escalationReasons } from './escalation';
import { reasonSentence, reasonText, subjectText } from './reasons';
import { durationProfiles } from '@sinkron/config';

/** `wait_over`, `centre_delayed@33`: what a person must never be shown. */
const code = /[a-z]+_[a-z]+|@/;

it.each(escalationReasons)('%s is told in words of two languages', (reason) => {
  for (const words of [reasonText, reasonSentence]) {
    const { id, en } = words({ reason, detail: { probability: 0.2, sampleSize: 212 } });
    for (const text of [id, en]) {
      expect(text).toMatch(/^[A-Z0-9].*\.$/);
      expect(text).not.toMatch(code);
    }
    expect(id).not.toBe(en);
  }
});

it.each(endCauses)('the end by %s is told in words of two languages', (cause) => {
  const { id, en } = endCauseTexts[cause];
  for (const text of [id, en]) {
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text).not.toMatch(code);
  }
  expect(id).not.toBe(en);
});

it('tells a probability with the number of tickets that it rests on', () => {
  const detail = { probability: 0.194, sampleSize: 212 };
  expect(reasonText({ reason: 'unlikely_before_deadline', detail })).toEqual({
    id: 'Kemungkinan selesai sebelum pendaftaran pemohon tutup hanya 19 % (dari 212 kasus).',
    en: "Only 19 % likely to be done before the applicant's registration closes (from 212 tickets).",
  });
});

it('tells officers, and not the contact, who must correct an incomplete request', () => {
  const incident = { reason: 'request_invalid', detail: null } as const;
  expect(reasonText(incident).id).toContain('Pengelola sistem');
  expect(reasonSentence(incident).id).not.toContain('Pengelola sistem');
});

it('names a ticket by its code and an incident by words', () => {
  const id = '019a0000-0000-7000-8000-000000000000';
  expect(subjectText({ id, ticketCode: '7K3M-XQ94-HTRJ', incident: null }).id).toBe('7K3M-XQ94-HTRJ');
  for (const incident of ['centre_delayed', 'centre_delayed@33']) {
    const { id: indonesian, en } = subjectText({ id, ticketCode: null, incident });
    expect(`${indonesian} ${en}`).not.toMatch(code);
  }
});

it('names the hours that the resync has in production when they have passed', () => {
  const hours = durationProfiles.production.day / 3_600_000;
  expect(reasonText({ reason: 'overdue', detail: null })).toEqual({
    id: `Sudah lewat 1×${hours} jam dan pusat belum sesuai.`,
    en: `${hours} hours have passed and the centre does not match yet.`,
  });
});
