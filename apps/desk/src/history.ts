import { parseArgs } from 'node:util';
import { Transactions, createDataSource } from '@sinkron/database';
import { HistoryCheck, ticketEntities } from '@sinkron/tickets';
import type { Command } from './command';
import { Failure } from './failure';

/** `history verify`: walks every case's chain and names the cases whose history was altered or is not whole. */
export const verifyHistory: Command = async (config, args, { print }) => {
  parseArgs({ args });
  const dataSource = await createDataSource({
    url: config.databaseUrl,
    entities: ticketEntities,
    poolSize: 1,
  });
  await dataSource.initialize();
  try {
    const { cases, broken } = await new HistoryCheck(new Transactions(dataSource)).run();
    if (broken.length > 0) {
      throw new Failure(
        broken.map(({ code, seq }) => `${code}: the history does not fit from row ${seq} on`),
      );
    }
    print(`The history of ${cases} cases is whole`);
  } finally {
    await dataSource.destroy();
  }
};
