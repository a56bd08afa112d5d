import { createHash } from 'node:crypto';
import {
  CodeColumn,
  CountColumn,
  HashColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryId,
  TimeColumn,
} from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/**
 * Codes, ids and names of fields; a reason that an officer typed belongs in the ticket's sealed statement. Of a reading,
 * `tickets` holds the ids of the tickets that were shown and `fields` the names of the personal fields: `nik` in full,
 * `nik:masked`.
 */
export type AuditDetail = Record<string, string | number | boolean | null | readonly string[]>;

/** That somebody looked at or changed something, and what; never the personal data itself. Append-only, chained. */
@Entity('audit')
@Index('audit_row', ['chainId', 'seq'], { unique: true })
@Index('audit_at', ['at'])
@Index('audit_office', ['officeId', 'at'])
@Index('audit_officer', ['officerId', 'at'])
@Index('audit_session', ['sessionId', 'at'])
@Index('audit_ticket', ['ticketId'])
export class AuditEntry {
  @PrimaryId() id!: Id;
  @TimeColumn('at') at!: Date;
  /** Null for the operator at the command line, and for an applicant. */
  @IdColumn('officer_id', { nullable: true }) officerId!: Id | null;
  @IdColumn('office_id', { nullable: true }) officeId!: Id | null;
  @CodeColumn('action', 32) action!: string;
  @IdColumn('ticket_id', { nullable: true }) ticketId!: Id | null;
  @JsonColumn('detail', { nullable: true }) detail!: AuditDetail | null;
  @IdColumn('chain_id') chainId!: Id;
  @CountColumn('seq') seq!: number;
  /** The session or personal access token by which the officer came. */
  @IdColumn('session_id', { nullable: true }) sessionId!: Id | null;
  @HashColumn('prev_hash') prevHash!: Buffer;
  @HashColumn('hash') hash!: Buffer;
}

/** A row as its hash covers it: every column, and of `detail` the text just as it is stored. */
export type HashedAudit = Omit<AuditEntry, 'hash' | 'detail'> & { detail: string | null };

/** The migration that adopted older rows makes the same hash in SQL. */
export function auditHash(row: HashedAudit): Buffer {
  const { chainId, seq, id, at, officerId, officeId, sessionId, action, ticketId, detail, prevHash } = row;
  const facts = [chainId, seq, id, at.toISOString(), officerId, officeId, sessionId, action, ticketId];
  const content = JSON.stringify([...facts, detail === null ? 0 : 1]);
  return createHash('sha256')
    .update(prevHash)
    .update(content)
    .update(detail ?? '')
    .digest();
}
