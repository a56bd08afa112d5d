import { Injectable } from '@nestjs/common';
import { Push } from './push/push';
import { Reading } from './verification/reading';
import { type Id, selectRows, toBinary, type Transaction, Transactions } from '@sinkron/database';
import type { Ticket } from '@sinkron/tickets';

export const resyncEntities = [Reading, Push];

/** What is known of a ticket at the centre: its readings and its pushes. */
@Injectable()
export class Evidence {
  constructor(private readonly transactions: Transactions) {}

  /** Oldest first. */
  async ofTicket(ticketId: Id): Promise<{ readings: Reading[]; pushes: Push[] }> {
    return this.transactions.run(async (transaction) => ({
      readings: await selectRows(transaction, Reading, 'where ticket_id = ? order by read_at, id', [
        toBinary(ticketId),
      ]),
      pushes: await selectRows(transaction, Push, 'where ticket_id = ? order by composed_at, id', [
        toBinary(ticketId),
      ]),
    }));
  }

  /** When the centre last answered a reading at all; by the newest id, which is nearly the newest reading. */
  async lastReadAt(): Promise<Date | null> {
    const [row] = await this.transactions.query<{ read_at: Date }>(
      'select read_at from reading order by id desc limit 1',
    );
    return row?.read_at ?? null;
  }

  /** When a contested resolution was last found to stand; null when it was not, or not in this round. */
  async upheldAt({ id, round }: Ticket): Promise<Date | null> {
    const [row] = await this.transactions.query<{ at: Date | null }>(
      `select max(read_at) as at from reading where ticket_id = ? and round = ? and moment = 'contest' and matched = 1`,
      [toBinary(id), round],
    );
    return row?.at ?? null;
  }
}

/** The readings and pushes of a ticket, newest first; of each at most so many. */
export async function newestEvidence(
  transaction: Transaction,
  ticketId: Id,
  limit: number,
): Promise<{ readings: Reading[]; pushes: Push[] }> {
  const newest = 'where ticket_id = ? order by id desc limit ?';
  const parameters = [toBinary(ticketId), limit];
  return {
    readings: await selectRows(transaction, Reading, newest, parameters),
    pushes: await selectRows(transaction, Push, newest, parameters),
  };
}
