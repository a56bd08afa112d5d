import { covers, type Risk, riskOf } from './risk';

const fields = ['nik', 'kk', 'name', 'birthPlace', 'birthDate', 'sex'] as const;
type Field = (typeof fields)[number];

/** Every answer that the centre can give: each field matches, differs, or was not compared. */
const answers = Array.from({ length: 3 ** fields.length }, (_, number) => {
  const verdicts: Partial<Record<Field, boolean>> = {};
  let rest = number;
  for (const field of fields) {
    if (rest % 3 < 2) verdicts[field] = rest % 3 === 0;
    rest = Math.floor(rest / 3);
  }
  return verdicts;
});

/** The rule as it is written for people: which fields differ, the KK aside. */
const table: Record<string, Risk> = {
  'name birthDate': 'somebody_else',
  'name sex': 'somebody_else',
  'name birthDate sex': 'somebody_else',
  'name birthPlace birthDate': 'somebody_else',
  'name birthPlace sex': 'somebody_else',
  'name birthPlace birthDate sex': 'somebody_else',
  name: 'name_or_more_differs',
  'name birthPlace': 'name_or_more_differs',
  'birthPlace birthDate': 'name_or_more_differs',
  'birthPlace sex': 'name_or_more_differs',
  'birthDate sex': 'name_or_more_differs',
  'birthPlace birthDate sex': 'name_or_more_differs',
  birthPlace: 'routine',
  birthDate: 'routine',
  sex: 'routine',
};

it('weighs every answer of the centre by the table', () => {
  expect(answers).toHaveLength(729);
  for (const verdicts of answers) {
    const differing = fields.filter((field) => verdicts[field] === false && field !== 'kk');
    const ofKk = verdicts.kk === false ? 'routine' : null;
    const expected = differing.includes('nik') ? 'unknown_nik' : (table[differing.join(' ')] ?? ofKk);
    expect({ verdicts, risk: riskOf(verdicts) }).toEqual({ verdicts, risk: expected });
  }
});

it.each([
  [null, 'routine', true],
  ['routine', 'routine', true],
  ['routine', 'name_or_more_differs', false],
  ['unknown_nik', 'unknown_nik', true],
  ['unknown_nik', 'somebody_else', false],
  ['name_or_more_differs', 'unknown_nik', false],
  ['somebody_else', 'name_or_more_differs', true],
  ['somebody_else', null, true],
] as const)('a confirmation for %s holds for %s: %s', (confirmed, found, holds) => {
  expect(covers(confirmed, found)).toBe(holds);
});
