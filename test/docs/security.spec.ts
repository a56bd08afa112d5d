import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'docs/security.md'), 'utf8');

it('names files that are there', () => {
  const named = [...text.matchAll(/`((?:apps|libs|test|scripts|docs|docker)\/[\w./-]+)`/g)].map(
    ([, path]) => path!,
  );
  const linked = [...text.matchAll(/\]\(([\w-]+\.md)[)#]/g)].map(([, path]) => join('docs', path!));
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set([...named, ...linked])].filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it('names every test that attacks', () => {
  const attacks = readdirSync(join(root, 'apps/api/src/attacks')).filter((file) => file.endsWith('spec.ts'));
  expect(attacks.filter((file) => !text.includes(`attacks/${file}`))).toEqual([]);
});

it('has a row for each requirement and a test in each row', () => {
  const rows = text.split('\n').filter((line) => /^\| \d+\.\d+\.\d+/.test(line));
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.filter((row) => !/spec\.ts`|the check itself/.test(row.split('|')[4] ?? ''))).toEqual([]);
});
