import { Inject, Injectable } from '@nestjs/common';
import { Checkpoint, checkpointHash, rootOf, spelt } from './checkpoint';
import { type Leaf, leafBytes } from './leaves';
import { type Config, CONFIG, LOGGER } from '@sinkron/config';
import { insertRows, isDuplicate, selectRows, type Transaction, Transactions } from '@sinkron/database';
import type { Logger } from 'pino';

/** So much history at most goes into one checkpoint; after a long pause the next ones catch up. */
const mostRows = 100_000;

/** Makes the checkpoints. It only reads what intake writes, without a lock. */
@Injectable()
export class Checkpoints {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Pick<Config, 'durations'>,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'info'>,
  ) {}

  /**
   * Covers what changed since the last checkpoint, and once more what changed shortly before it, which may have been
   * committed late. One line of the log names it: whoever cuts the end off the table does not reach the log.
   * @returns null when it is not time yet, nothing changed, or another worker was faster
   */
  async make(): Promise<Checkpoint | null> {
    try {
      const made = await this.transactions.run((transaction) => this.next(transaction));
      if (made) {
        const { seq, count, root, hash } = made;
        this.logger.info({ checkpoint: seq, count, root: spelt(root), hash: spelt(hash) }, 'checkpoint');
      }
      return made;
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
  }

  private async next(transaction: Transaction): Promise<Checkpoint | null> {
    const every = this.config.durations.checkpoint;
    const [last] = await transaction.query<{ seq: number; at: Date; hash: Buffer }>(
      'select seq, at, hash from audit_checkpoint order by seq desc limit 1',
    );
    if (last && last.at.getTime() + every > transaction.now.getTime()) return null;
    const since = new Date(last ? last.at.getTime() - every : 0);
    const at = await endOfSlice(transaction, since, last?.at);
    const covered = [
      ...(await ticketsOf(transaction, since, at)),
      ...(await auditsOf(transaction, since, at)),
    ];
    if (covered.length === 0) return null;
    const checkpoint = {
      seq: (last?.seq ?? 0) + 1,
      at,
      count: covered.length,
      root: rootOf(covered),
      leaves: Buffer.concat(covered.map(({ leaf }) => leafBytes(leaf))),
      prevHash: last?.hash ?? Buffer.alloc(32),
    };
    const made: Checkpoint = { ...checkpoint, hash: checkpointHash(checkpoint) };
    // Two workers at once reach for the same number, and one of them gets it.
    await insertRows(transaction, Checkpoint, [made]);
    return made;
  }
}

/** Every checkpoint, oldest first, a few at a time: leaves may be many. */
export function checkpointsAfter(
  transaction: Transaction,
  seq: number,
  limit: number,
): Promise<Checkpoint[]> {
  return selectRows(transaction, Checkpoint, 'where seq > ? order by seq limit ?', [seq, limit]);
}

interface Covered {
  leaf: Leaf;
  hash: Buffer;
}

/** Now, or earlier where so much happened since that it does not fit into one; always later than the last. */
async function endOfSlice(transaction: Transaction, since: Date, last: Date | undefined): Promise<Date> {
  const [beyond] = await transaction.query<{ at: Date }>(
    'select at from history where at >= ? order by at limit 1 offset ?',
    [since, mostRows],
  );
  const { now } = transaction;
  return beyond && beyond.at < now && (!last || beyond.at > last) ? beyond.at : now;
}

async function ticketsOf(transaction: Transaction, since: Date, until: Date): Promise<Covered[]> {
  const rows = await transaction.query<{ id: Buffer; seq: number; hash: Buffer }>(
    `select h.ticket_id as id, h.seq, h.hash
     from (select ticket_id, max(seq) as seq from history where at >= ? and at < ? group by ticket_id) changed
     join history h on h.ticket_id = changed.ticket_id and h.seq = changed.seq order by h.ticket_id`,
    [since, until],
  );
  return rows.map(({ id, seq, hash }) => ({ leaf: { chain: 'ticket', id, seq }, hash }));
}

async function auditsOf(transaction: Transaction, since: Date, until: Date): Promise<Covered[]> {
  const rows = await transaction.query<{ id: Buffer; seq: number; head_hash: Buffer }>(
    'select id, seq, head_hash from audit_chain where head_at >= ? and head_at < ? order by id',
    [since, until],
  );
  return rows.map(({ id, seq, head_hash: hash }) => ({ leaf: { chain: 'audit', id, seq }, hash }));
}
