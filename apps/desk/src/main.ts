import 'reflect-metadata';
import { text } from 'node:stream/consumers';
import { verifyAudit } from './audit';
import { closeOffice, showOffice } from './closures';
import type { Command, Terminal } from './command';
import { importContacts } from './contacts';
import { demo } from './demo';
import { Failure, failureLines } from './failure';
import { help } from './help';
import { importHolidays } from './holidays';
import { reindexKeys, resealKeys } from './keys';
import { migrate } from './migrate';
import { addOfficer, disableOfficer, importOfficers, resetFactor } from './officers';
import { importOffices } from './offices';
import { totp } from './totp';
import { loadConfig } from '@sinkron/config';

const commands: Record<string, Command> = {
  migrate,
  demo,
  totp,
  'offices import': importOffices,
  'offices close': closeOffice,
  'offices show': showOffice,
  'officers add': addOfficer,
  'officers import': importOfficers,
  'officers disable': disableOfficer,
  'officers reset-totp': resetFactor,
  'contacts import': importContacts,
  'holidays import': importHolidays,
  'audit verify': verifyAudit,
  'keys reseal': resealKeys,
  'keys reindex': reindexKeys,
};

const terminal: Terminal = {
  print: (line) => console.log(line),
  progress: (line) => console.error(line),
  input: () => text(process.stdin),
};

async function main(words: string[]): Promise<void> {
  if (words.length === 0 || words[0] === 'help' || words[0] === '--help') return terminal.print(help);
  const length = [2, 1].find((length) => Object.hasOwn(commands, words.slice(0, length).join(' ')));
  const command = commands[words.slice(0, length).join(' ')];
  if (!command) throw new Failure(['There is no such command. See: npm run desk -- help']);
  await command(loadConfig(), words.slice(length), terminal);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  for (const line of failureLines(error)) console.error(line);
  process.exitCode = 1;
});
