import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const pages = [
  'README.md',
  'libs/identity/NOTICE.md',
  'test/bench/findings.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

const quoted = /`([^`\n]+)`/g;
const linked = /\]\(([^)\s]+)\)/g;
const inProject = /^(?:apps|libs|test|scripts|docs|docker|requests|openapi)\/[\w./*@-]*\w/;

/** The paths that a page names: words in backticks that begin with a folder of the project, and links to files. */
function pathsIn(page: string, text: string): string[] {
  const words = [...text.matchAll(quoted)].flatMap(([, code]) => code!.split(/[\s,;()"']+/));
  const named = words.flatMap((word) => inProject.exec(word)?.[0] ?? []);
  const links = [...text.matchAll(linked)]
    .map(([, target]) => target!.replace(/#.*/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:|^\//.test(target))
    .map((target) => join(dirname(page), target));
  return [...new Set([...named, ...links])];
}

/** A path with `*` is there when the folder before the star is. */
function isThere(path: string): boolean {
  const folder = path.includes('*') ? dirname(path.slice(0, path.indexOf('*') + 1)) : path;
  return existsSync(join(root, folder));
}

it.each(pages)('%s names only files that are there', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  expect(pathsIn(page, text).filter((path) => !isThere(path))).toEqual([]);
});

const sources = ['apps', 'libs', 'scripts']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => /\.(?:ts|mjs)$/.test(file));

it('a comment in the sources names only pages that are there', () => {
  const named = sources.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(?<![\w./-])\w[\w/-]*\.md\b/g)].map(([page]) => ({
      file,
      page,
    })),
  );
  expect(named.length).toBeGreaterThan(0);
  const places = ({ file, page }: { file: string; page: string }) => [page, join(dirname(file), page)];
  expect(named.filter((one) => !places(one).some((path) => existsSync(join(root, path))))).toEqual([]);
});

it('would find what it looks for', () => {
  const text =
    'See `node libs/nowhere/src/some.ts`, [this](gone.md#part) and [that](https://example.org/docs/x).';
  const found = pathsIn('docs/adr/some.md', text);
  expect(found).toEqual(['libs/nowhere/src/some.ts', 'docs/adr/gone.md']);
  expect(found.filter(isThere)).toEqual([]);
});
