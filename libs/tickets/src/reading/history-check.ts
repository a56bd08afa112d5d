import { firstBreak, type HistoryData, type HistoryEntry, type HistoryKind } from '../model/history';
import { fromBinary, Transactions } from '@sinkron/database';

const page = 200;
const lastId = Buffer.alloc(16, 0xff);

/** A ticket whose history is not what was written. */
export interface BrokenHistory {
  /** The ticket's code; its id where there is history and no ticket. */
  code: string;
  /** The first row that does not fit; one past the last when rows are missing at the end. */
  seq: number;
}

interface Head {
  head_id: Buffer;
  code: string;
  head_seq: number;
  head_hash: Buffer;
}

interface Row {
  ticket_id: Buffer | null;
  seq: number;
  at: Date;
  kind: HistoryKind;
  officer_id: Buffer | null;
  statement_id: Buffer | null;
  data: string | null;
  prev_hash: Buffer;
  hash: Buffer;
}

/** Reads every ticket's chain: an altered, missing or added row shows, also the last one, and history without a ticket. */
export class HistoryCheck {
  constructor(private readonly transactions: Transactions) {}

  async run(): Promise<{ cases: number; broken: BrokenHistory[] }> {
    const broken: BrokenHistory[] = [];
    let cases = 0;
    for (let after: Buffer = Buffer.alloc(16); ;) {
      const chains = await this.page(after);
      const last = chains.length < page ? lastId : chains.at(-1)!.head.head_id;
      for (const { head, rows } of chains) {
        const seq = breakOf(head, rows);
        if (seq !== null) broken.push({ code: head.code, seq });
      }
      broken.push(...(await this.withoutTicket(after, last)));
      cases += chains.length;
      if (last === lastId) return { cases, broken };
      after = last;
    }
  }

  /** Heads and rows in one statement, which sees both as they stood at one moment: tickets may be written meanwhile. */
  private async page(after: Buffer): Promise<{ head: Head; rows: Row[] }[]> {
    const found = await this.transactions.query<Head & Row>(
      `select t.id as head_id, t.code, t.seq as head_seq, t.head_hash, h.ticket_id, h.seq, h.at, h.kind, h.officer_id,
         h.statement_id, h.data, h.prev_hash, h.hash
       from (select id, code, seq, head_hash from ticket where id > ? order by id limit ?) t
       left join history h on h.ticket_id = t.id order by t.id, h.seq`,
      [after, page],
    );
    const chains = new Map<string, { head: Head; rows: Row[] }>();
    for (const row of found) {
      const chain = chains.get(row.code) ?? { head: row, rows: [] };
      if (row.ticket_id) chain.rows.push(row);
      chains.set(row.code, chain);
    }
    return [...chains.values()];
  }

  private async withoutTicket(after: Buffer, last: Buffer): Promise<BrokenHistory[]> {
    const rows = await this.transactions.query<{ id: Buffer }>(
      `select distinct h.ticket_id as id from history h left join ticket t on t.id = h.ticket_id
       where h.ticket_id > ? and h.ticket_id <= ? and t.id is null`,
      [after, last],
    );
    return rows.map(({ id }) => ({ code: fromBinary(id), seq: 1 }));
  }
}

function breakOf(head: Head, rows: Row[]): number | null {
  const entries: HistoryEntry[] = [];
  for (const row of rows) {
    const entry = read(row);
    if (!entry) return entries.length + 1;
    entries.push(entry);
  }
  return firstBreak(entries, { seq: head.head_seq, headHash: head.head_hash });
}

/** Null for a row that we did not write: one that cannot be read, or whose JSON is spelt in another way than ours. */
function read(row: Row): HistoryEntry | null {
  if (Number.isNaN(row.at.getTime())) return null;
  const data = row.data === null ? null : parsed(row.data);
  if (data === undefined) return null;
  return {
    ticketId: fromBinary(row.ticket_id!),
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    officerId: row.officer_id && fromBinary(row.officer_id),
    statementId: row.statement_id && fromBinary(row.statement_id),
    data,
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}

function parsed(text: string): HistoryData | undefined {
  try {
    const data = JSON.parse(text) as HistoryData;
    return JSON.stringify(data) === text ? data : undefined;
  } catch {
    return undefined;
  }
}
