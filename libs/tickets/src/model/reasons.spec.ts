import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { owners, reasonCodes, reasonOf, reasons, reasonTextOf } from './reasons';
import { rejections, suspensions } from './vocabulary';
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

const roots = ['tickets', 'resync', 'queue', 'registry'].map((lib) =>
  join(__dirname, '../../..', lib, 'src'),
);
const sources = roots.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('spec') && !file.includes('testing'))
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

it('says of each wait who has to act', () => {
  for (const code of reasonCodes) expect(owners).toContain(reasons[code].owner);
});

it('says of each, in two languages, what it is', () => {
  for (const { sentence } of Object.values(reasons)) {
    expect(sentence.id.length).toBeGreaterThan(10);
    expect(sentence.en).not.toBe(sentence.id);
  }
});

it('tells of a ticket why it waits or was rejected, and nothing of one that is done', () => {
  const waiting = { state: 'suspended', waitsFor: 'other', outcome: null } as const;
  expect(reasonTextOf(waiting)?.id).toBe('Alasan lain; lihat catatan.');
  for (const outcome of rejections) {
    expect(reasonTextOf({ state: 'rejected', waitsFor: null, outcome })?.id).toMatch(/^Ditolak: /);
  }
  expect(reasonTextOf({ state: 'resolved', waitsFor: null, outcome: 'synchronised' })).toBeNull();
});

it('puts a code that it never knew before a person', () => {
  expect(reasonOf('from_the_future')).toMatchObject({ owner: 'supervisor' });
});
