import { parseArgs } from 'node:util';
import type { Command, Terminal } from './command';
import { Failure } from './failure';
import type { Config } from '@sinkron/config';
import { createDataSource, Transactions } from '@sinkron/database';
import { everyEntity, KeyRotation } from '@sinkron/privacy';
import { rememberedUnderOthers } from '@sinkron/tickets';

/** `keys reseal`: everything under the newest of DATA_KEYS; says which keys of the ring nothing needs any more. */
export const resealKeys: Command = async (config, args, { print }) => {
  parseArgs({ args });
  const columns = await withRotation(config, (rotation) => rotation.reseal());
  const used = new Set<string>();
  for (const { table, column, resealed, unreadable, keys } of columns) {
    for (const id of keys.keys()) used.add(id);
    const values = [...keys.values()].reduce((sum, count) => sum + count, 0);
    print(`${table}.${column}: ${values} values, ${resealed} sealed anew${cannotOpen(unreadable)}`);
  }
  refuseUnreadable(columns);
  const [newest, ...older] = config.dataKeys.map(({ id }) => id);
  print(`Everything is sealed under ${newest}.`);
  const unused = older.filter((id) => !used.has(id));
  if (unused.length > 0) {
    print(
      `Nothing is sealed under ${unused.join(', ')}: it may leave DATA_KEYS once every process has been started with ${newest} first.`,
    );
  }
};

/** `keys reindex`: every blind index under the first of INDEX_KEYS; says when the other one may go. */
export const reindexKeys: Command = async (config, args, { print }) => {
  parseArgs({ args });
  const [first = '', other] = config.indexKeys.map(({ id }) => id);
  const { tables, until } = await withRotation(config, async (rotation, transactions) => ({
    tables: await rotation.reindex(),
    until: await rememberedUnderOthers(transactions, first),
  }));
  for (const { table, rewritten, unreadable } of tables) {
    print(`${table}: ${rewritten} rows indexed anew${cannotOpen(unreadable)}`);
  }
  refuseUnreadable(tables);
  const doubled = tables.filter((table) => table.doubled > 0);
  if (doubled.length > 0) {
    throw new Failure(
      doubled.map(
        (table) => `${table.table}: ${table.doubled} rows are two of what should be one; keep both keys`,
      ),
    );
  }
  print(`Everything can be found under ${first}.`);
  if (other) tellWhen(print, first, other, until);
};

function tellWhen(print: Terminal['print'], first: string, other: string, until: Date | null): void {
  const condition = `once every process has been started with ${first} first`;
  print(
    until
      ? `${other} may leave INDEX_KEYS at ${until.toISOString()}, ${condition}: answers to Idempotency-Keys are remembered under it until then.`
      : `${other} may leave INDEX_KEYS, ${condition}.`,
  );
}

function cannotOpen(unreadable: number): string {
  return unreadable > 0 ? `, ${unreadable} cannot be opened` : '';
}

/** @throws Failure when something lies under a key that is not in the ring, or was damaged */
function refuseUnreadable(parts: readonly { unreadable: number }[]): void {
  if (parts.every(({ unreadable }) => unreadable === 0)) return;
  throw new Failure(['Some values cannot be opened with DATA_KEYS: put back the key that is missing']);
}

async function withRotation<T>(
  config: Config,
  work: (rotation: KeyRotation, transactions: Transactions) => Promise<T>,
): Promise<T> {
  const dataSource = await createDataSource({
    url: config.databaseUrl,
    entities: everyEntity,
    poolSize: 2,
  });
  await dataSource.initialize();
  try {
    const transactions = new Transactions(dataSource);
    return await work(new KeyRotation(transactions, config), transactions);
  } finally {
    await dataSource.destroy();
  }
}
