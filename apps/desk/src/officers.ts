import { parseArgs } from 'node:util';
import type { Command } from './command';
import { readCsv, together } from './csv/csv';
import { openDesk } from './desk';
import { Failure, fieldLine } from './failure';
import { fileOf } from './offices';
import {
  generatePassword,
  needsSecondFactor,
  officerInput,
  officerLine,
  otpauthUri,
} from '@sinkron/accounts';
import { fieldErrors } from '@sinkron/observability';

/**
 * `officers add`: one officer, with a password from standard input or one that is made and printed once. A role that
 * needs a second factor gets it here: whoever overhears the password alone does not get in, not even first.
 */
export const addOfficer: Command = async (config, args, { print, input }) => {
  const { values } = parseArgs({
    args,
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
      office: { type: 'string' },
      phone: { type: 'string' },
      zone: { type: 'string' },
      'password-stdin': { type: 'boolean', default: false },
    },
  });
  const { 'password-stdin': fromInput, ...fields } = values;
  const password = fromInput ? (await input()).replace(/\r?\n$/, '') : generatePassword();
  const checked = officerInput.safeParse({ ...fields, password });
  if (!checked.success) throw new Failure(fieldErrors(checked.error.issues).map(fieldLine));
  const desk = await openDesk(config);
  try {
    const operator = await desk.operator();
    const { id, email, role, office } = await desk.officers.create(operator, checked.data);
    const secret = needsSecondFactor(role) ? await desk.officerAccess.installFactor(operator, id) : null;
    print(`${email} added at ${office.code}`);
    if (secret) print(`Secret for an authenticator app, shown only now: ${otpauthUri(secret, email)}`);
    if (!fromInput) print(`Password, shown only now: ${password}`);
  } finally {
    await desk.close();
  }
};

/** `officers import FILE`: brings officers to what the file says, by address, wholly or not at all. */
export const importOfficers: Command = async (config, args, { print }) => {
  const lines = readCsv(fileOf(args), officerLine);
  const desk = await openDesk(config);
  try {
    const operator = await desk.operator();
    const { created, updated } = await together(lines, (officers) =>
      desk.officerImport.run(operator, officers),
    );
    print(`${created.length} officers created, ${updated} brought up to date`);
    if (created.length > 0) print('Passwords, shown only now:');
    for (const { email, password } of created) print(`${email}  ${password}`);
  } finally {
    await desk.close();
  }
};

/** `officers disable`: out of every session within a second. */
export const disableOfficer: Command = async (config, args, { print }) => {
  const { values } = parseArgs({ args, options: { email: { type: 'string' } } });
  if (!values.email) throw new Failure(['Name the officer: --email ADDRESS']);
  const desk = await openDesk(config);
  try {
    const operator = await desk.operator();
    const { id, email } = await desk.officers.findByEmail(operator, values.email);
    await desk.officers.update(operator, id, { disabled: true });
    print(`${email} disabled`);
  } finally {
    await desk.close();
  }
};

/** `officers reset-totp`: for an officer who lost phone and recovery codes; sets up another at the next sign-in. */
export const resetFactor: Command = async (config, args, { print }) => {
  const { values } = parseArgs({ args, options: { email: { type: 'string' } } });
  if (!values.email) throw new Failure(['Name the officer: --email ADDRESS']);
  const desk = await openDesk(config);
  try {
    const operator = await desk.operator();
    const { id, email } = await desk.officers.findByEmail(operator, values.email);
    await desk.officerAccess.resetFactor(operator, id);
    print(`${email} has no second factor any more, and is signed out`);
  } finally {
    await desk.close();
  }
};
