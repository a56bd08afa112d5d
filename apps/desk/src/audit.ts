import { auditEntities } from '@sinkron/audit';
import { parseArgs } from 'node:util';
import type { Command } from './command';
import { Failure } from './failure';
import { verifyTrail } from './verify-trail';
import { type Expected } from '@sinkron/audit';
import { createDataSource, Transactions } from '@sinkron/database';

/**
 * `audit verify`: reads the history of all tickets, the audit and its checkpoints, and names what is not as it was
 * written.
 */
export const verifyAudit: Command = async (config, args, { print }) => {
  const { values } = parseArgs({ args, options: { expect: { type: 'string' } } });
  const expected = values.expect === undefined ? undefined : readExpected(values.expect);
  const dataSource = await createDataSource({
    url: config.databaseUrl,
    entities: auditEntities,
    poolSize: 1,
  });
  await dataSource.initialize();
  try {
    const { tickets, auditRows, checkpoints, broken } = await verifyTrail(
      new Transactions(dataSource),
      expected,
    );
    if (broken.length > 0) throw new Failure(broken);
    print(`Whole: the history of ${tickets} tickets, ${auditRows} rows of audit, ${checkpoints} checkpoints`);
  } finally {
    await dataSource.destroy();
  }
};

function readExpected(text: string): Expected {
  const [, seq, hash] = /^(\d{1,9}):([\w-]{43})$/.exec(text) ?? [];
  if (!seq || !hash)
    throw new Failure(['Give --expect as NUMBER:HASH, from a line "checkpoint" of the worker\'s log']);
  return { seq: Number(seq), hash };
}
