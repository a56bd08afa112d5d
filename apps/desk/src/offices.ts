import { parseArgs } from 'node:util';
import type { Command } from './command';
import { readCsv, together } from './csv/csv';
import { openDesk } from './desk';
import { Failure } from './failure';
import { officeInput } from '@sinkron/offices';

/** `offices import FILE`: brings the tree of offices to what the file says, by code, wholly or not at all. */
export const importOffices: Command = async (config, args, { print }) => {
  const lines = readCsv(fileOf(args), officeInput);
  const desk = await openDesk(config);
  try {
    const { created, updated } = await together(lines, (offices) => desk.offices.import(offices));
    print(`${created} offices created, ${updated} updated, ${lines.length - created - updated} unchanged`);
  } finally {
    await desk.close();
  }
};

/** The one file that an import takes. @throws Failure */
export function fileOf(args: string[]): string {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Failure(['Name one CSV file. See: npm run desk -- help']);
  return file;
}
