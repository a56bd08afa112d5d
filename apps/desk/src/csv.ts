import { readFileSync } from 'node:fs';
import { Failure, fieldLine } from './failure';
import { type FieldError, fieldErrors, Problem } from '@sinkron/observability';
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';

/** One line of a file that is valid by itself; whether all are valid together is judged by whoever imports them. */
export interface CsvLine<Value> {
  /** In the file, from 1; a value that spans lines counts by its last. */
  line: number;
  value: Value;
}

type Row = { record: string[]; info: { lines: number } };

/** @throws Failure when the file cannot be read, otherwise as `parseCsv` */
export function readCsv<Schema extends z.ZodObject>(
  path: string,
  schema: Schema,
): CsvLine<z.output<Schema>>[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure([`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`]);
  }
  return parseCsv(text, schema);
}

/**
 * The lines of a CSV text whose columns are the fields of a schema, in any order. Separated by commas, or by
 * semicolons as spreadsheets with an Indonesian locale write them. An empty cell is an absent field.
 * @throws Failure that names every wrong line
 */
export function parseCsv<Schema extends z.ZodObject>(
  text: string,
  schema: Schema,
): CsvLine<z.output<Schema>>[] {
  const [header, ...rows] = split(text);
  const columns = header?.record ?? [];
  const problems = headerProblems(columns, schema);
  if (problems.length > 0) throw new Failure(problems);
  const lines: CsvLine<z.output<Schema>>[] = [];
  for (const { record, info } of rows) {
    if (record.length !== columns.length) {
      problems.push(`line ${info.lines}: has ${record.length} cells, the header has ${columns.length}`);
      continue;
    }
    const cells = columns
      .map((column, at) => [column, record[at]] as const)
      .filter(([, cell]) => cell !== '');
    const result = schema.safeParse(Object.fromEntries(cells));
    if (result.success) lines.push({ line: info.lines, value: result.data });
    else
      problems.push(
        ...fieldErrors(result.error.issues).map((error) => `line ${info.lines}: ${fieldLine(error)}`),
      );
  }
  if (problems.length > 0) throw new Failure(problems);
  return lines;
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
    if (!(error instanceof Problem) || error.errors.length === 0) throw error;
    throw new Failure(error.errors.map((fieldError) => atLine(lines, fieldError)));
  }
}

/** The services name the index first: `3.office`. */
function atLine(lines: readonly CsvLine<unknown>[], error: FieldError): string {
  const [index = '', ...field] = error.field.split('.');
  const line = lines[Number(index)];
  return line ? `line ${line.line}: ${fieldLine({ ...error, field: field.join('.') })}` : fieldLine(error);
}

function split(text: string): Row[] {
  const delimiter = /^[^,\n]*;/.test(text) ? ';' : ',';
  const options = {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  };
  try {
    // The types of csv-parse do not follow `info`.
    return parse(text, options) as unknown as Row[];
  } catch (error) {
    const { lines, code } = error as { lines?: number; code?: string };
    throw new Failure([`line ${lines ?? '?'}: is not CSV (${code ?? 'unreadable'})`]);
  }
}

function headerProblems(columns: readonly string[], schema: z.ZodObject): string[] {
  const known = Object.keys(schema.shape);
  const required = known.filter((name) => !schema.shape[name]?.safeParse(undefined).success);
  const all = `the columns are ${known.join(', ')}`;
  const unknown = columns.filter((column) => !known.includes(column));
  return [
    ...unknown.map((column) => `line 1: unknown column "${column.slice(0, 40)}"; ${all}`),
    ...required
      .filter((name) => !columns.includes(name))
      .map((name) => `line 1: column "${name}" is missing; ${all}`),
    ...(new Set(columns).size < columns.length ? ['line 1: a column appears twice'] : []),
  ];
}
