import { scanJson } from './scan-json';

const complaint = JSON.stringify({
  service: 'nik_kk_sync',
  applicant: { name: 'Melati "Sari" \\ Pertiwi', nik: '3319994107980001', list: [{ a: 1 }, { a: 2 }] },
  note: 'a, b: {c} [d] "e": 1',
  symptom: '',
});

it('accepts names that occur once in each object', () => {
  expect(() => scanJson(complaint)).not.toThrow();
  expect(() => scanJson('{"a":{"a":{"a":["a","a"]}},"b":{"a":1}}')).not.toThrow();
});

it.each([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":1,"b":{},"a":2}', 'a'],
  ['{"applicant":{"nik":"1","kk":"2","nik":"3"}}', 'applicant.nik'],
  [String.raw`{"nik":1,"n\u0069k":2}`, 'nik'],
  ['{"list":[{"a":1},{"b":1,"b":2}]}', 'list.1.b'],
  ['{"":1,"":2}', ''],
  ['[{"a":1,"a":1}]', '0.a'],
  [`{"${'x'.repeat(500)}":1,"${'x'.repeat(500)}":1}`, 'x'.repeat(60)],
])('names the place of the name that occurs twice in %.60s', (text, field) => {
  expect(() => scanJson(text)).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
  );
});

it('refuses what is nested too deep, however long it is', () => {
  expect(() => scanJson(`${'['.repeat(10)}${']'.repeat(10)}`)).not.toThrow();
  expect(() => scanJson(`${'['.repeat(11)}${']'.repeat(11)}`)).toThrow('nested too deep');
  expect(() => scanJson('{"a":'.repeat(60_000))).toThrow('nested too deep');
});

it.each(['', '{', '}}}}]]]]', '{"a"', '"', '{"a":1 "a":2', '/* {"a":1,"a":2} */', '\u0000'])(
  'leaves to the parser what is no JSON: %j',
  (text) => {
    expect(() => scanJson(text)).not.toThrow();
  },
);
