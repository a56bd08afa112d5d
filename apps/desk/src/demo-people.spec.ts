import { complaintOf, demoPeople, residentOf } from './demo-people';
import { isSynthetic, judgeKk, normalisePhone, parseNik } from '@sinkron/identity';

const people = demoPeople();

it('are the same thousand every time, all synthetic, no number twice', () => {
  expect(demoPeople()).toEqual(people);
  const numbers = people.flatMap(({ nik, noKk, previousKk }) => [
    nik,
    noKk,
    ...(previousKk ? [previousKk] : []),
  ]);
  expect(numbers).toHaveLength(2600);
  expect(new Set(numbers).size).toBe(2600);
  expect(numbers.every(isSynthetic)).toBe(true);
});

it('stand at the centre with the old family card, which is what the complaint is about', () => {
  const { applicant } = complaintOf(people[0]!);
  const resident = residentOf(people[0]!);
  expect(resident.noKk).toBe(applicant.previousKk);
  expect(resident.noKk).not.toBe(applicant.kk);
  expect(parseNik(applicant.nik, '2026-11-22').ok).toBe(true);
  expect(judgeKk(applicant.kk, { today: '2026-11-22', nik: applicant.nik }).ok).toBe(true);
  expect(normalisePhone(applicant.phone).ok).toBe(true);
  expect(residentOf(people[999]!).noKk).toBe(people[999]!.noKk);
});
