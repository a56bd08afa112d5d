import { Injectable } from '@nestjs/common';
import { Event, stream } from './event';
import { selectRows, Transactions } from '@sinkron/database';

/** The positions that can be read now. */
export interface StreamRange {
  /** Of the oldest event that is kept; one more than `last` when none is. */
  first: number;
  last: number;
}

/** Reads published events in order, on from a position. */
@Injectable()
export class EventReader {
  constructor(private readonly transactions: Transactions) {}

  async range(): Promise<StreamRange> {
    const [row] = await this.transactions.query<{ first: string | null; last: string | null }>(
      `select (select min(position) from event) as first,
         (select last_position from event_stream where name = ?) as last`,
      [stream],
    );
    const last = Number(row?.last ?? 0);
    return { first: Number(row?.first ?? last + 1), last };
  }

  /** The events after a position, in order, at most `limit`. */
  after(position: number, limit: number): Promise<Event[]> {
    return this.transactions.run((transaction) =>
      selectRows(transaction, Event, 'where position > ? order by position limit ?', [position, limit]),
    );
  }
}
