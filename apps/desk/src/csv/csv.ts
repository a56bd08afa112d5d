import { readFileSync } from 'node:fs';
import { Failure } from '../failure';
import { type CsvProblem, csvFailure } from './csv-problem';
import { decodeText } from './decode';
import { fieldOf, headerProblems } from './header';
import { type Row, splitRows } from './split';
import { meant } from './words';
import { foldPasted } from '@sinkron/identity';
import { type FieldError, fieldErrors, Problem } from '@sinkron/observability';
import type { z } from 'zod';

/** One line of a file that is valid by itself; whether all are valid together is judged by whoever imports them. */
export interface CsvLine<Value> {
  /** In the file, from 1; a value that spans lines counts by its last. */
  line: number;
  /** The fields of the file's columns; null for a column without a name. */
  columns: Columns;
  value: Value;
}

type Columns = readonly (string | null)[];

/** @throws Failure when the file cannot be read, otherwise as `parseCsv` */
export function readCsv<Schema extends z.ZodObject>(
  path: string,
  schema: Schema,
): CsvLine<z.output<Schema>>[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Failure([`${path}: tidak dapat dibuka (${code})`, `${path}: cannot be read (${code})`]);
  }
  return parseCsv(decodeText(bytes), schema);
}

/**
 * The lines of a CSV text whose columns are the fields of a schema, in any order. What an empty cell stands for is an
 * absent field; empty rows are skipped.
 * @throws Failure that names every wrong line
 */
export function parseCsv<Schema extends z.ZodObject>(
  text: string,
  schema: Schema,
): CsvLine<z.output<Schema>>[] {
  const [header = { line: 1, cells: [] }, ...rows] = splitRows(text, schema);
  const columns = header.cells.map((name) => fieldOf(name, schema));
  const problems = headerProblems(header.line, header.cells, columns, schema);
  if (problems.length > 0) throw csvFailure(problems);
  const lines: CsvLine<z.output<Schema>>[] = [];
  for (const row of rows) {
    const { line, cells } = row;
    const wrong = shapeProblem(row, columns);
    if (wrong) {
      problems.push(wrong);
      continue;
    }
    const result = schema.safeParse(given(cells, columns, schema));
    if (result.success) lines.push({ line, columns, value: result.data });
    else problems.push(...fieldErrors(result.error.issues).map((error) => problemAt(line, columns, error)));
  }
  if (problems.length > 0) throw csvFailure(problems);
  return lines;
}

/** The cells that hold something, by their fields. */
function given(cells: readonly string[], columns: Columns, schema: z.ZodObject): Record<string, string> {
  const fields = columns.flatMap((field, at): [string, string][] => {
    const cell = cells[at] ?? '';
    if (field === null || foldPasted(cell).trim() === '') return [];
    return [[field, meant(cell, schema.shape[field] as z.ZodType)]];
  });
  return Object.fromEntries(fields);
}

/** A row with too few cells, or with something where no column is. */
function shapeProblem({ line, cells }: Row, columns: Columns): CsvProblem | null {
  if (cells.length < columns.length) {
    const [has, all] = [cells.length, columns.length];
    return {
      line,
      message: {
        id: `hanya ada ${has} isian, sedangkan judulnya ${all} kolom`,
        en: `has ${has} cells, the header has ${all}`,
      },
    };
  }
  const at = cells.findIndex((cell, at) => (columns[at] ?? null) === null && foldPasted(cell).trim() !== '');
  if (at < 0) return null;
  return {
    line,
    column: { at: at + 1 },
    message: {
      id: 'isian ini tidak mempunyai judul kolom',
      en: 'this cell has no column in the header',
    },
  };
}

/**
 * Imports the values of the lines together.
 * @throws Failure when the lines are not valid together: every error under the number of its line
 */
export async function together<Value, Result>(
  lines: readonly CsvLine<Value>[],
  importAll: (values: Value[]) => Promise<Result>,
): Promise<Result> {
  try {
    return await importAll(lines.map(({ value }) => value));
  } catch (error) {
    if (!(error instanceof Problem) || !error.errors.every(({ field }) => lineOf(lines, field))) throw error;
    if (error.errors.length === 0) throw error;
    throw csvFailure(
      error.errors.map((fieldError) => {
        const { line, columns } = lineOf(lines, fieldError.field)!;
        const field = fieldError.field.split('.').slice(1).join('.');
        return problemAt(line, columns, { ...fieldError, field });
      }),
    );
  }
}

/** The services name the index first: `3.office`. */
function lineOf<Value>(lines: readonly CsvLine<Value>[], field: string): CsvLine<Value> | undefined {
  return /^\d+\./.test(field) ? lines[Number.parseInt(field, 10)] : undefined;
}

function problemAt(line: number, columns: Columns, { field, message }: FieldError): CsvProblem {
  const at = columns.indexOf(field.split('.')[0]!);
  return at < 0
    ? { line, message: { id: `${field}: ${message.id}`, en: `${field}: ${message.en}` } }
    : { line, column: { at: at + 1, name: field }, message };
}
