import type { Command } from './command';
import { readCsv, together } from './csv/csv';
import { openDesk } from './desk';
import { fileOf } from './offices';
import { contactInput } from '@sinkron/escalation';

/** `contacts import FILE`: brings contacts to what the file says, by office and phone, wholly or not at all. */
export const importContacts: Command = async (config, args, { print }) => {
  const lines = readCsv(fileOf(args), contactInput);
  const desk = await openDesk(config);
  try {
    const operator = await desk.operator();
    const { created, updated } = await together(lines, (contacts) =>
      desk.contacts.import(operator, contacts),
    );
    print(`${created} contacts created, ${updated} brought up to date`);
  } finally {
    await desk.close();
  }
};
