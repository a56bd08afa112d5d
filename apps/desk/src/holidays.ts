import type { Command } from './command';
import { readCsv, together } from './csv/csv';
import { openDesk } from './desk';
import { fileOf } from './offices';
import { holidayInput } from '@sinkron/offices';

/** `holidays import FILE`: adds holidays, or names known ones anew, by office and day, wholly or not at all. */
export const importHolidays: Command = async (config, args, { print }) => {
  const lines = readCsv(fileOf(args), holidayInput);
  const desk = await openDesk(config);
  try {
    const operator = await desk.operator();
    const { created, updated } = await together(lines, (holidays) =>
      desk.holidays.import(operator, holidays),
    );
    print(`${created} holidays added, ${updated} known before`);
  } finally {
    await desk.close();
  }
};
