import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** A lib alone reads and writes its tables; others ask it. The owner of each table is the lib that has its entity. */
const owners = new Map<string, string>();
/** The owner of each entity, by class name. */
const entities = new Map<string, string>();

/** Files that read or write tables of several libs, and why. */
const exceptions: Record<string, string> = {
  'libs/database/src/migrations': 'they make the tables',
  'libs/audit/src/checkpoints': 'checkpoints cover the histories of tickets as well as the audit',
};

const files = ['libs', 'apps/api', 'apps/worker', 'apps/desk'].flatMap((part) =>
  readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
    .map((file) => join(part, file))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts') && !file.includes('testing')),
);
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

for (const [file, source] of sources) {
  for (const [, table, entity] of source.matchAll(/@Entity\('(\w+)'\)[^]*?export class (\w+)/g)) {
    owners.set(table!, roomOf(file));
    entities.set(entity!, roomOf(file));
  }
}

const literals = /(['"`])((?:\\.|(?!\1)[^])*)\1/g;
const named = /\b(?:from|join|into|update)\s+`?([a-z_]+)`?/g;
const rows = /\b(?:insertRows|updateRow|selectRows)\(\s*\w+,\s*(\w+)/g;

function roomOf(file: string): string {
  return /^(?:libs|apps)\/([^/]+)/.exec(file)?.[1] ?? '';
}

/** Each table of another lib that a file names. */
function trespasses(file: string, source: string): string[] {
  const room = roomOf(file);
  const sql = [...source.matchAll(literals)]
    .map(([, , text]) => text ?? '')
    .filter((text) => /\b(select|insert|update|delete|where|join)\b/.test(text));
  const tables = sql.flatMap((text) => [...text.matchAll(named)].map(([, table]) => table ?? ''));
  const foreign = [
    ...tables.filter((table) => owners.has(table) && owners.get(table) !== room),
    ...[...source.matchAll(rows)]
      .map(([, entity]) => entity ?? '')
      .filter((entity) => entities.has(entity) && entities.get(entity) !== room),
  ];
  return [...new Set(foreign)].map((name) => `${file}: ${name} of ${owners.get(name) ?? entities.get(name)}`);
}

it('every lib reads and writes its own tables alone', () => {
  expect(owners.size).toBeGreaterThan(35);
  const found = [...sources].flatMap(([file, source]) =>
    Object.keys(exceptions).some((path) => file.startsWith(path)) ? [] : trespasses(file, source),
  );
  expect(found).toEqual([]);
});

it('would find what it looks for', () => {
  expect(trespasses('libs/queue/src/some.ts', "query('select 1 from officer where id = ?')")).toHaveLength(1);
  expect(trespasses('libs/queue/src/some.ts', 'selectRows(transaction, Ticket, sql, [])')).toHaveLength(1);
  expect(trespasses('libs/tickets/src/some.ts', 'query(`update ticket set urgent = 1`)')).toEqual([]);
});
