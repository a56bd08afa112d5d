import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { owners, reasonOf, reasons } from './reasons';
import { suspensions } from './vocabulary';
import { derivedReasons } from './waiting';

/** Codes under the name `reason` that are none of a wait: those of rejections, escalations, pushes, incidents and notices. */
const others = [
  'officer_flag',
  'no_answer',
  'no_push',
  'still_mismatching',
  'refused',
  'requested',
  'no_consent',
];

const roots = ['tickets', 'resync', 'queue', 'registry'].map((lib) => join(__dirname, '../..', lib, 'src'));
const sources = roots.flatMap((root) =>
  readdirSync(root)
    .filter((file) => file.endsWith('.ts') && !file.includes('spec'))
    .map((file) => readFileSync(join(root, file), 'utf8')),
);
const written = [
  /\breason[:=]\s*'(\w+)'/g,
  /\.reason = '(\w+)'/g,
  /\breason \?\? '(\w+)'/g,
  /new CentreWaits\(\s*'(\w+)'/g,
  /fault: '(\w+)'/g,
  /kind: 'refusal', reason: '(\w+)'/g,
  /set (?:\w+ = \S+, )*reason = '(\w+)'/g,
];

it('has a row for every reason that the code writes', () => {
  const codes = new Set(
    sources
      .flatMap((source) => written.flatMap((pattern) => [...source.matchAll(pattern)]))
      .map(([, code]) => code ?? ''),
  );
  for (const code of [...suspensions, ...derivedReasons]) codes.add(code);
  expect(codes.size).toBeGreaterThan(20);
  expect([...codes].filter((code) => !(code in reasons) && !others.includes(code))).toEqual([]);
});

it('says of each who owns it and, in two languages, what it is', () => {
  for (const { owner, sentence } of Object.values(reasons)) {
    expect(owners).toContain(owner);
    expect(sentence.id.length).toBeGreaterThan(10);
    expect(sentence.en).not.toBe(sentence.id);
  }
});

it('puts a code that it never knew before a person', () => {
  expect(reasonOf('from_the_future')).toMatchObject({ owner: 'supervisor' });
});
