// The README's table of environment variables comes from the schema in libs/config (needs a build).
// Without an argument it checks; `--write` puts the table in.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { format, resolveConfig } from 'prettier';

const require = createRequire(import.meta.url);
const { environment } = require('../dist/libs/config/src/index.js');

const [begin, end] = ['<!-- environment: begin -->', '<!-- environment: end -->'];

function row(name, schema) {
  const empty = schema.safeParse(undefined);
  const fallback = empty.success
    ? empty.data === undefined || empty.data === ''
      ? '—'
      : `\`${empty.data}\``
    : '**required**';
  return `| \`${name}\` | ${fallback} | ${(schema.description ?? '').replaceAll('|', '\\|')} |`;
}

const rows = Object.entries(environment.shape).map(([name, schema]) => row(name, schema));
const table = ['| Variable | Default | What it is |', '| --- | --- | --- |', ...rows].join('\n');

const before = readFileSync('README.md', 'utf8');
const [head, rest] = before.split(begin);
const tail = rest?.split(end)[1];
if (tail === undefined) throw new Error(`README.md has no place for the table: ${begin} … ${end}`);
const after = await format(`${head}${begin}\n\n${table}\n\n${end}${tail}`, {
  ...(await resolveConfig('README.md')),
  parser: 'markdown',
});
if (process.argv.includes('--write')) writeFileSync('README.md', after);
else if (after !== before) {
  console.error(
    'The table of environment variables in README.md is not that of libs/config: npm run environment',
  );
  process.exit(1);
}
