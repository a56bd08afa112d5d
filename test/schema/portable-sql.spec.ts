import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What only one of MariaDB and MySQL 8 knows, and what the house forbids in SQL (ADR 4, design: keys and tables). */
const forbidden: [RegExp, string][] = [
  [/\breturning\s+[`*\w]/i, 'RETURNING: MySQL has none'],
  [/\binsert\s+ignore\b/i, 'INSERT IGNORE truncates with only a warning'],
  [/\breplace\s+into\b/i, 'REPLACE deletes rows of others that share any unique key'],
  [/\bsysdate\s*\(/i, 'SYSDATE does not obey the session clock'],
  [/\b(now|current_timestamp|curdate|unix_timestamp)\s*\(/i, 'times are UTC_TIMESTAMP(3)'],
  [/\butc_timestamp\s*\((?!3\))/i, 'times are UTC_TIMESTAMP(3)'],
  [/\bseq_\d+_to_\d+/i, "MariaDB's sequence engine"],
  [/\bnextval\s*\(|\bcreate\s+sequence\b/i, 'MySQL has no sequences'],
  [/\bauto_increment\b/i, 'keys are made by us'],
  [/\btimestamp\s+(not\s+)?null\b/i, 'TIMESTAMP ends in 2038 and has defaults of its own'],
];

/** String and template literals that begin like a statement or a part of one. */
const literals = /(['"`])((?:insert|update|delete|select|create|alter|drop|where|force|replace)\b[^]*?)\1/gi;

/** registry-mock is not ours: another organisation's server, on whatever database it likes. */
const roots = ['libs', 'apps/api', 'apps/worker', 'apps/desk'].map((root) => join(__dirname, '../..', root));
const files = roots.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts') && !file.includes('testing'))
    .map((file) => join(root, file)),
);

function findings(source: string): string[] {
  const sql = [...source.matchAll(literals)].map(([, , text]) => text ?? '');
  return sql.flatMap((text) =>
    forbidden.flatMap(([pattern, why]) => (pattern.test(text) ? [`${why}: ${text.slice(0, 80)}`] : [])),
  );
}

it('all SQL stays with what MariaDB and MySQL 8 both know', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => findings(readFileSync(file, 'utf8')))).toEqual([]);
});

it('would find what it looks for', () => {
  expect(findings("query('insert into a values (1) returning id')")).toHaveLength(1);
  expect(findings('query(`select now() as t`)')).toHaveLength(1);
  expect(findings("query('insert ignore into a values (1)')")).toHaveLength(1);
});
