import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'docs/requirements.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| R\d+ /.test(line))
  .map((line) => {
    const [, number = '', , where = '', test = ''] = line.split('|').map((cell) => cell.trim());
    return { number, where, test };
  });
const filesIn = (cell: string) =>
  [...cell.matchAll(/`((?:apps|libs|test)\/[\w./-]+)`/g)].map(([, path]) => path!);

it('lists all 47 requirements, in order', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 47 }, (_, index) => `R${index + 1}`));
});

it('names a file and a test for each that is met, and none for those that are not', () => {
  const unsound = rows.filter(({ where, test }) =>
    where.startsWith('not built yet')
      ? filesIn(where + test).length > 0
      : filesIn(where).length === 0 || !/spec\.ts`/.test(test),
  );
  expect(unsound).toEqual([]);
});

it('names files that are there', () => {
  expect([...new Set(filesIn(text))].filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
