import { Failure } from '../failure';
import type { Text } from '@sinkron/observability';

/** What is wrong with a file, and where; never what stands there. */
export interface CsvProblem {
  /** From 1; a value that spans lines counts by its last. */
  line: number;
  /** From 1, and what the header calls it; absent when the whole line is meant. */
  column?: { at: number; name?: string };
  message: Text;
}

/** A file that is wrong throughout would fill the screen. */
const mostShown = 50;

/** A failure that says of every problem where it is and how to correct it, in Indonesian and in English. */
export function csvFailure(problems: readonly CsvProblem[]): Failure {
  const lines = problems.slice(0, mostShown).flatMap(({ line, column, message }) => {
    const name = column?.name ? ` (${column.name})` : '';
    return [
      `baris ${line}${column ? `, kolom ${column.at}${name}` : ''}: ${message.id}`,
      `line ${line}${column ? `, column ${column.at}${name}` : ''}: ${message.en}`,
    ];
  });
  const left = problems.length - mostShown;
  return new Failure(left > 0 ? [...lines, `… dan ${left} lagi / and ${left} more`] : lines);
}
