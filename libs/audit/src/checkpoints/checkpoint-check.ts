import { Checkpoint, checkpointHash, rootOf, spelt } from './checkpoint';
import { checkpointsAfter } from './checkpoints';
import { type Leaf, readLeaves } from './leaves';
import { fromBinary, type Transaction, Transactions } from '@sinkron/database';

const page = 10;
const mostLeaves = 500;

/** A checkpoint of which a line of the log tells. */
export interface Expected {
  seq: number;
  /** As the log spells it. */
  hash: string;
}

/** Reads every checkpoint, and again every row that one of them covered. */
export class CheckpointCheck {
  constructor(private readonly transactions: Transactions) {}

  /** @returns what is broken, one sentence each */
  async run(expected?: Expected): Promise<{ checkpoints: number; broken: string[] }> {
    const broken: string[] = [];
    let last: Pick<Checkpoint, 'seq' | 'hash'> = { seq: 0, hash: Buffer.alloc(32) };
    let met: string | undefined;
    let checkpoints = 0;
    for (;;) {
      const found = await this.transactions.run((transaction) =>
        checkpointsAfter(transaction, last.seq, page),
      );
      for (const checkpoint of found) {
        broken.push(...linkFaults(checkpoint, last));
        broken.push(...(await this.transactions.run((transaction) => leafFaults(transaction, checkpoint))));
        if (checkpoint.seq === expected?.seq) met = spelt(checkpoint.hash);
        last = checkpoint;
      }
      checkpoints += found.length;
      if (found.length < page) break;
    }
    if (expected && met === undefined)
      broken.push(`checkpoint ${expected.seq}, which the log names, is gone`);
    else if (expected && met !== expected.hash)
      broken.push(`checkpoint ${expected.seq} is another than the one that the log names`);
    return { checkpoints, broken };
  }
}

/** Does it follow the one before it, and is it what was written? */
function linkFaults(checkpoint: Checkpoint, last: Pick<Checkpoint, 'seq' | 'hash'>): string[] {
  const { seq } = checkpoint;
  if (seq !== last.seq + 1) return [`checkpoint ${last.seq + 1} is gone`];
  if (!checkpoint.prevHash.equals(last.hash)) return [`checkpoint ${seq} does not follow the one before it`];
  try {
    if (checkpoint.hash.equals(checkpointHash(checkpoint))) return [];
  } catch {
    // Its time is none.
  }
  return [`checkpoint ${seq} was altered`];
}

/** Are the rows still there that it covered, and are they the same? */
async function leafFaults(
  transaction: Transaction,
  { seq, count, root, leaves }: Checkpoint,
): Promise<string[]> {
  const named = readLeaves(leaves);
  if (named?.length !== count || count === 0)
    return [`checkpoint ${seq} does not hold the ${count} leaves that it says`];
  const hashes = await hashesOf(transaction, named);
  const gone = named.filter((leaf) => !hashes.has(nameOf(leaf)));
  if (gone.length > 0) {
    const names = await Promise.all(gone.map((leaf) => wordsFor(transaction, leaf)));
    return names.map((name) => `${name} is gone, which checkpoint ${seq} covered`);
  }
  const covered = named.map((leaf) => ({ leaf, hash: hashes.get(nameOf(leaf)) as Buffer }));
  return rootOf(covered).equals(root) ? [] : [`checkpoint ${seq} covered other rows than stand there now`];
}

async function hashesOf(transaction: Transaction, leaves: Leaf[]): Promise<Map<string, Buffer>> {
  const hashes = new Map<string, Buffer>();
  for (const chain of ['ticket', 'audit'] as const) {
    const [table, key] = chain === 'ticket' ? ['history', 'ticket_id'] : ['audit', 'chain_id'];
    const ofKind = leaves.filter((leaf) => leaf.chain === chain);
    for (let at = 0; at < ofKind.length; at += mostLeaves) {
      const some = ofKind.slice(at, at + mostLeaves);
      // Both conditions by themselves: not every server looks pairs up by the key.
      const rows = await transaction.query<{ id: Buffer; seq: number; hash: Buffer }>(
        `select ${key} as id, seq, hash from ${table} where ${key} in (?) and seq in (?)`,
        [some.map(({ id }) => id), [...new Set(some.map(({ seq }) => seq))]],
      );
      for (const { id, seq, hash } of rows) hashes.set(nameOf({ chain, id, seq }), hash);
    }
  }
  return hashes;
}

function nameOf({ chain, id, seq }: Leaf): string {
  return `${chain} ${id.toString('hex')} ${seq}`;
}

async function wordsFor(transaction: Transaction, { chain, id, seq }: Leaf): Promise<string> {
  if (chain === 'audit') return `row ${seq} of audit chain ${fromBinary(id)}`;
  const [ticket] = await transaction.query<{ code: string }>('select code from ticket where id = ?', [id]);
  return ticket ? `${ticket.code}: row ${seq} of its history` : `the ticket ${fromBinary(id)}`;
}
