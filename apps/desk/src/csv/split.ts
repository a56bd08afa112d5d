import { csvFailure } from './csv-problem';
import { fieldOf } from './header';
import { bareValue } from '@sinkron/identity';
import type { Text } from '@sinkron/observability';
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';

/** A row that holds something, and its line in the file. */
export interface Row {
  line: number;
  cells: string[];
}

/** What spreadsheets put into the first line to name the separator. */
const separatorLine = /^"?sep=([;,|\t])"?[;,|\t ]*(?=\r|\n|$)/i;

/**
 * The rows of a CSV text, the header first. The separator is what a line `sep=;` says, otherwise the sign that makes most
 * of the schema's columns of the header. @throws Failure at quotes that are not closed
 */
export function splitRows(text: string, schema: z.ZodObject): Row[] {
  const marked = text.replace(/^\ufeff/, '');
  const named = separatorLine.exec(marked);
  // The line stays, empty, so that all others keep their numbers.
  const rest = named ? marked.slice(named[0].length) : marked;
  const options = {
    delimiter: named?.[1] ?? likelySeparator(rest, schema),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  };
  try {
    // The types of csv-parse do not follow `info`.
    const rows = parse(rest, options) as unknown as { record: string[]; info: { lines: number } }[];
    return rows
      .map(({ record, info }) => ({ line: info.lines, cells: record }))
      .filter(({ cells }) => cells.some((cell) => bareValue(cell) !== ''));
  } catch (error) {
    const { lines = 1, column, code = '' } = error as { lines?: number; column?: unknown; code?: string };
    const message = quoteProblems[code] ?? notCsv;
    throw csvFailure([
      { line: lines, ...(typeof column === 'number' && { column: { at: column + 1 } }), message },
    ]);
  }
}

function likelySeparator(text: string, schema: z.ZodObject): string {
  const header = /\S.*/.exec(text)?.[0] ?? '';
  const fits = (separator: string) =>
    header.split(separator).filter((name) => fieldOf(name, schema) !== null).length;
  return [',', ';', '\t', '|'].reduce((best, one) => (fits(one) > fits(best) ? one : best));
}

const notCsv: Text = { id: 'Baris ini bukan CSV.', en: 'This line is not CSV.' };

const inside: Text = {
  id: 'Ada tanda kutip (") di tengah isi. Hapus, atau tulis dua kali di dalam isian berkutip.',
  en: 'There is a quote (") inside a value. Remove it, or double it within a quoted value.',
};

const quoteProblems: Record<string, Text> = {
  CSV_QUOTE_NOT_CLOSED: {
    id: 'Tanda kutip (") dibuka dan tidak ditutup.',
    en: 'A quote (") is opened and not closed.',
  },
  INVALID_OPENING_QUOTE: inside,
  CSV_INVALID_CLOSING_QUOTE: inside,
};
