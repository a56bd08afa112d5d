import { AuditEntry, auditHash } from './audit-entry';
import {
  CodeColumn,
  CountColumn,
  HashColumn,
  type Id,
  insertRows,
  newId,
  PrimaryId,
  selectRows,
  TimeColumn,
  toBinary,
  type Transaction,
} from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** The head of one writer's chain of audit rows. */
@Entity('audit_chain')
@Index('audit_chain_head', ['headAt'])
export class AuditChain {
  @PrimaryId() id!: Id;
  /** Which process, and whether acts or reads, e.g. `api reads`. */
  @CodeColumn('writer', 32) writer!: string;
  @TimeColumn('started_at') startedAt!: Date;
  /** Number and hash of the last row. */
  @CountColumn('seq') seq!: number;
  @HashColumn('head_hash') headHash!: Buffer;
  @TimeColumn('head_at') headAt!: Date;
}

/** A row that is not in a chain yet. */
export type Unchained = Omit<AuditEntry, 'chainId' | 'seq' | 'prevHash' | 'hash'>;

/** Appends to a chain of its own, begun with its first row: two processes never wait for each other. */
export class ChainWriter {
  private readonly id = newId();

  /** @param writer at most 32 characters */
  constructor(private readonly writer: string) {}

  /** The head, locked until COMMIT: whoever appends next, in whatever connection, waits and goes on from there. */
  async lock(transaction: Transaction): Promise<AuditChain> {
    const head = await this.find(transaction);
    if (head) return head;
    const { now } = transaction;
    const { id, writer } = this;
    const begun = { id, writer, startedAt: now, seq: 0, headHash: Buffer.alloc(32), headAt: now };
    await insertRows(transaction, AuditChain, [begun], { keepExisting: 'id' });
    return (await this.find(transaction)) ?? begun;
  }

  /** @param head as `lock` gave it in this transaction */
  async append(transaction: Transaction, head: AuditChain, rows: readonly Unchained[]): Promise<void> {
    if (rows.length === 0) return;
    let { seq, headHash } = head;
    const entries = rows.map((row): AuditEntry => {
      const linked = { ...row, chainId: head.id, seq: ++seq, prevHash: headHash };
      const detail = row.detail && JSON.stringify(row.detail);
      headHash = auditHash({ ...linked, detail });
      return { ...linked, hash: headHash };
    });
    await insertRows(transaction, AuditEntry, entries);
    await transaction.execute('update audit_chain set seq = ?, head_hash = ?, head_at = ? where id = ?', [
      seq,
      headHash,
      transaction.now,
      toBinary(head.id),
    ]);
  }

  private async find(transaction: Transaction): Promise<AuditChain | undefined> {
    const [chain] = await selectRows(transaction, AuditChain, 'where id = ? for update', [toBinary(this.id)]);
    return chain;
  }
}
