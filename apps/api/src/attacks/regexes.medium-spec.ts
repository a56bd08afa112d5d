import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

jest.setTimeout(120_000);

const root = join(__dirname, '../../../..');
/** A body is no longer. */
const longest = 64 * 1024;
/** Milliseconds of our own processor time: a linear search needs a few, a quadratic one of this length thousands. */
const most = 300;

interface Found {
  where: string;
  regex: RegExp;
}

/** Every regular expression that is written in what ships; what the operator writes into the environment is no attack. */
function everyRegex(): Found[] {
  const files = ['apps', 'libs']
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((file) => join(top, file)),
    )
    .filter(
      (file) =>
        /\/src\/.*\.ts$/.test(file) && !/spec\.ts$|\/testing\/|^apps\/registry-mock|^libs\/config/.test(file),
    );
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
    const found: Found[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const [, pattern = '', flags] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
        found.push({ where: `${file} ${node.text}`, regex: new RegExp(pattern, flags) });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1_000;
}

/** What a pattern begins with, as far as it is plain text: what follows would not be tried without it. */
function beginning({ source }: RegExp): string {
  return /^\^?((?:[\w :/+-]|\\[/.+-])*)/.exec(source)?.[1]?.replaceAll('\\', '') ?? '';
}

const pumps = [
  'a',
  '0',
  ' ',
  '-',
  '.',
  ',',
  '=',
  '/',
  ':',
  '@',
  '\t',
  '\n',
  'a ',
  '0-',
  '0 ',
  '. ',
  'a.',
  'a@',
  '１',
  '%',
  ';q=',
];
const ends = ['', '!', '\u0000', '\n!'];

it('finds in no text of 64 KiB more work than its length', () => {
  const found = everyRegex();
  expect(found.length).toBeGreaterThan(60);
  const slow: string[] = [];
  for (const { where, regex } of found) {
    for (const pump of pumps) {
      for (const end of ends) {
        const text = beginning(regex) + pump.repeat(longest / pump.length) + end;
        if (processorTime(() => text.replace(regex, '')) > most)
          slow.push(`${where} on ${JSON.stringify(pump)}…${JSON.stringify(end)}`);
      }
    }
  }
  expect(slow).toEqual([]);
});

it('would see one that is quadratic', () => {
  const text = `${' '.repeat(longest / 2)}!`;
  expect(processorTime(() => text.replace(/\s+$/, ''))).toBeGreaterThan(most);
});
