import { auditHash } from './audit-entry';
import { fromBinary, type Id, Transactions } from '@sinkron/database';

const page = 500;

/** An audit chain that is not what was written. */
export interface BrokenAudit {
  chain: Id;
  /** The first row that does not fit; one past the last when rows are missing at the end. */
  seq: number;
}

interface Row {
  id: Buffer;
  at: Date;
  officer_id: Buffer | null;
  office_id: Buffer | null;
  session_id: Buffer | null;
  action: string;
  ticket_id: Buffer | null;
  detail: string | null;
  chain_id: Buffer;
  seq: number;
  prev_hash: Buffer;
  hash: Buffer;
}

/** Reads every chain of the audit: a row that was altered, removed or added from outside shows, also the last one. */
export class AuditCheck {
  constructor(private readonly transactions: Transactions) {}

  async run(): Promise<{ chains: number; rows: number; broken: BrokenAudit[] }> {
    const found = { chains: 0, rows: 0, broken: [] as BrokenAudit[] };
    for (let chain = await this.chainAfter(Buffer.alloc(16)); chain; chain = await this.chainAfter(chain)) {
      const { rows, seq } = await this.check(chain);
      found.chains += 1;
      found.rows += rows;
      if (seq !== null) found.broken.push({ chain: fromBinary(chain), seq });
    }
    return found;
  }

  /** The next chain that has a head or rows; both are asked, lest one without the other stay unseen. */
  private async chainAfter(chain: Buffer): Promise<Buffer | null> {
    const [next] = await this.transactions.query<{ head: Buffer | null; entry: Buffer | null }>(
      `select (select min(id) from audit_chain where id > ?) as head,
         (select min(chain_id) from audit where chain_id > ?) as entry`,
      [chain, chain],
    );
    const ids = [next?.head, next?.entry].filter((id): id is Buffer => id instanceof Buffer);
    return ids.toSorted((one, other) => one.compare(other))[0] ?? null;
  }

  private async check(chain: Buffer): Promise<{ rows: number; seq: number | null }> {
    const [head] = await this.transactions.query<{ seq: number; head_hash: Buffer }>(
      'select seq, head_hash from audit_chain where id = ?',
      [chain],
    );
    let seq = 0;
    let hash: Buffer = Buffer.alloc(32);
    if (!head) return { rows: 0, seq: 1 };
    while (seq < head.seq) {
      const rows = await this.transactions.query<Row>(
        'select * from audit where chain_id = ? and seq > ? and seq <= ? order by seq limit ?',
        [chain, seq, head.seq, page],
      );
      if (rows.length === 0) return { rows: seq, seq: seq + 1 };
      for (const row of rows) {
        if (row.seq !== seq + 1 || !row.prev_hash.equals(hash) || !isAsWritten(row))
          return { rows: seq, seq: seq + 1 };
        ({ seq, hash } = row);
      }
    }
    if (!hash.equals(head.head_hash) || (await this.isLongerThanItsHead(chain)))
      return { rows: seq, seq: seq + 1 };
    return { rows: seq, seq: null };
  }

  /** Asked in one statement: the chain may be written meanwhile, and then both have moved. */
  private async isLongerThanItsHead(chain: Buffer): Promise<boolean> {
    const rows = await this.transactions.query(
      `select 1 from audit_chain c where c.id = ?
       and exists (select 1 from audit a where a.chain_id = c.id and a.seq > c.seq)`,
      [chain],
    );
    return rows.length > 0;
  }
}

/** A value that cannot even be read was not written by us. */
function isAsWritten(row: Row): boolean {
  try {
    return row.hash.equals(
      auditHash({
        chainId: fromBinary(row.chain_id),
        seq: row.seq,
        id: fromBinary(row.id),
        at: row.at,
        officerId: row.officer_id && fromBinary(row.officer_id),
        officeId: row.office_id && fromBinary(row.office_id),
        sessionId: row.session_id && fromBinary(row.session_id),
        action: row.action,
        ticketId: row.ticket_id && fromBinary(row.ticket_id),
        detail: row.detail,
        prevHash: row.prev_hash,
      }),
    );
  } catch {
    return false;
  }
}
