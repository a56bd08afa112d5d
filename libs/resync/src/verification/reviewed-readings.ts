import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import type { Transaction } from '@sinkron/database';
import { type Claim, WorkTable } from '@sinkron/queue';
import { centreMayMend, type Ticket } from '@sinkron/tickets';

/**
 * Reads a ticket in review again, sparingly, where the centre may mend what an officer looks at: with the work that has
 * read it before, which goes on by itself when the answer is another.
 */
@Injectable()
export class ReviewedReadings {
  constructor(
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Called when the ticket has been put in review; its work waits, or is done where only a person can help. */
  async plan(transaction: Transaction, claim: Claim, ticket: Ticket, since: Date | null): Promise<void> {
    if (!isReadAgain(ticket)) return this.work.finish(transaction, claim);
    const wait = nextWait(since, transaction.now, this.config.durations.reviewedReadings);
    const dueAt = new Date(transaction.now.getTime() + wait);
    await this.work.postpone(transaction, claim, { dueAt, reason: null });
  }
}

/** A doubt that came up after a push is about our own writing as well: a person decides it. */
function isReadAgain(ticket: Ticket): boolean {
  return centreMayMend(ticket.reason) && !(ticket.awaitsConfirmation() && ticket.pushes > 0);
}

/** As long again as it has been in review, so that the readings become rarer: after 2, 4, 8 … hours, then daily. Pure. */
export function nextWait(
  since: Date | null,
  now: Date,
  { least, most }: { least: number; most: number },
): number {
  const inReview = since === null ? 0 : now.getTime() - since.getTime();
  return Math.min(Math.max(inReview, least), most);
}
