import { Injectable } from '@nestjs/common';
import { Event, stream } from './event';
import { selectRows, Transactions } from '@sinkron/database';

/** Which positions of the line can be read now. */
export interface EventEnds {
  /** Of the oldest event that is kept; one more than `last` when none is. */
  first: number;
  last: number;
}

/** What happened, in line: for whoever reads on from a position. */
@Injectable()
export class EventReader {
  constructor(private readonly transactions: Transactions) {}

  async ends(): Promise<EventEnds> {
    const [row] = await this.transactions.query<{ first: string | null; last: string | null }>(
      `select (select min(position) from event) as first,
         (select last_position from event_stream where name = ?) as last`,
      [stream],
    );
    const last = Number(row?.last ?? 0);
    return { first: Number(row?.first ?? last + 1), last };
  }

  /** The next ones after a position, at most so many. */
  after(position: number, limit: number): Promise<Event[]> {
    return this.transactions.run((transaction) =>
      selectRows(transaction, Event, 'where position > ? order by position limit ?', [position, limit]),
    );
  }
}
