import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Inbound } from './inbound';
import { workOf } from './inbound-work';
import {
  BlindIndex,
  type Id,
  insertRows,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import type { InboundChannel } from '@sinkron/messaging';
import { type Claim, type Job, JobQueue, WorkTable } from '@sinkron/queue';

/** The name of the digest by which a repeated post is recognised. */
const bodyIndex = 'inbound.body';

/** Stores what comes in, so that the sender is answered at once; the work that is stored with it handles it. */
@Injectable()
export class Inbox {
  constructor(
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
    private readonly index: BlindIndex,
    private readonly work: WorkTable,
    private readonly jobs: JobQueue,
  ) {}

  /** Stores a post with its work; one that is stored already and not handled yet is stored once. */
  async store(channel: InboundChannel, body: Buffer): Promise<void> {
    const bodyHash = this.digest(channel, body);
    const jobs = await this.transactions.run(async (transaction) => {
      const inbound = Inbound.create(transaction.now, { channel, bodyHash }, (id) =>
        this.sealing.seal(body.toString('base64'), placeOf(id)),
      );
      return this.insert(transaction, inbound);
    });
    // The answer does not wait for Redis: a job that is not added is added by the dispatcher.
    void this.jobs.add(jobs);
  }

  /** @returns null when it was handled before */
  async find(id: Id): Promise<{ channel: InboundChannel; body: Buffer } | null> {
    const [inbound] = await this.transactions.run((transaction) =>
      selectRows(transaction, Inbound, 'where id = ?', [toBinary(id)]),
    );
    if (!inbound) return null;
    const body = Buffer.from(this.sealing.open<string>(inbound.sealed, placeOf(id)), 'base64');
    return { channel: inbound.channel, body };
  }

  /** The post was handled: it goes together with its work. @throws StaleLease when another holds the work */
  async remove(claim: Claim): Promise<void> {
    await this.transactions.run(async (transaction) => {
      await this.work.finish(transaction, claim);
      await transaction.execute('delete from inbound where id = ?', [toBinary(claim.subjectId)]);
    });
  }

  private async insert(transaction: Transaction, inbound: Inbound): Promise<Job[]> {
    await insertRows(transaction, Inbound, [inbound], { keepExisting: 'id' });
    const mine = await transaction.query('select 1 from inbound where id = ?', [toBinary(inbound.id)]);
    if (mine.length === 0) return [];
    const free = await this.work.freePlaces(transaction, 'inbound');
    return this.work.add(transaction, [workOf(inbound)], () => free > 0);
  }

  private digest(channel: InboundChannel, body: Buffer): Buffer {
    const hash = createHash('sha256').update(body).digest('hex');
    return this.index.digest(bodyIndex, `${channel} ${hash}`);
  }
}

function placeOf(rowId: Id) {
  return { table: 'inbound', column: 'sealed', rowId };
}
