import { type Id, Transactions, selectRows, toBinary } from '@sinkron/database';
import { HistoryEntry, firstBreak } from './history';
import { Ticket } from './ticket';

const page = 200;

/** A case whose history is not what was written. */
export interface BrokenHistory {
  code: string;
  /** The first row that does not fit; one past the last when rows are missing at the end. */
  seq: number;
}

/** Reads every case's chain: an altered or missing row shows, also the last one. */
export class HistoryCheck {
  constructor(private readonly transactions: Transactions) {}

  async run(): Promise<{ cases: number; broken: BrokenHistory[] }> {
    const broken: BrokenHistory[] = [];
    let cases = 0;
    for (let after: Id | null = null; ;) {
      const tickets = await this.page(after);
      for (const { ticket, entries } of tickets) {
        const seq = firstBreak(entries, ticket);
        if (seq !== null) broken.push({ code: ticket.code, seq });
      }
      cases += tickets.length;
      after = tickets.at(-1)?.ticket.id ?? null;
      if (tickets.length < page) return { cases, broken };
    }
  }

  /** Heads are read before their rows, and only rows up to the head count: a case may be written meanwhile. */
  private page(after: Id | null): Promise<{ ticket: Ticket; entries: HistoryEntry[] }[]> {
    return this.transactions.run(async (transaction) => {
      const tail = after ? 'where id > ? order by id limit ?' : 'order by id limit ?';
      const tickets = await selectRows(transaction, Ticket, tail, after ? [toBinary(after), page] : [page]);
      if (tickets.length === 0) return [];
      const ids = tickets.map(({ id }) => toBinary(id));
      const rows = await selectRows(
        transaction,
        HistoryEntry,
        'where ticket_id in (?) order by ticket_id, seq',
        [ids],
      );
      return tickets.map((ticket) => ({
        ticket,
        entries: rows.filter(({ ticketId, seq }) => ticketId === ticket.id && seq <= ticket.seq),
      }));
    });
  }
}
