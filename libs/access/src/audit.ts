import { Injectable } from '@nestjs/common';
import {
  CodeColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryId,
  TimeColumn,
  type Transaction,
  insertRows,
  newId,
} from '@sinkron/database';
import { maskLine } from '@sinkron/observability';
import { Entity, Index } from 'typeorm';

/** That somebody looked at or changed something, and what; never the personal data itself. */
@Entity('audit')
@Index('audit_ticket', ['ticketId'])
@Index('audit_officer', ['officerId', 'at'])
export class AuditEntry {
  @PrimaryId() id!: Id;
  @TimeColumn('at') at!: Date;
  /** Null for the operator at the command line. */
  @IdColumn('officer_id', { nullable: true }) officerId!: Id | null;
  @IdColumn('office_id', { nullable: true }) officeId!: Id | null;
  @CodeColumn('action', 32) action!: string;
  @IdColumn('ticket_id', { nullable: true }) ticketId!: Id | null;
  @JsonColumn('detail', { nullable: true }) detail!: AuditDetail | null;
}

/** Codes, ids and names of fields; a reason that an officer typed belongs in the case's sealed statement. */
export type AuditDetail = Record<string, string | number | boolean | null | readonly string[]>;

export interface AuditRecord {
  officerId: Id | null;
  officeId: Id | null;
  /** ASCII, at most 32 characters, e.g. `officer_updated`. */
  action: string;
  ticketId?: Id;
  detail?: AuditDetail;
}

/** The trail of who looked at or changed what (UU PDP 27/2022 art. 31 asks for it). */
@Injectable()
export class Audit {
  /** Written in the transaction of the act itself, so that neither exists without the other. */
  async record(
    transaction: Transaction,
    { officerId, officeId, action, ticketId, detail }: AuditRecord,
  ): Promise<void> {
    // The mask is the last guard, as in the logs; callers pass no personal data in the first place.
    const masked = detail ? (JSON.parse(maskLine(JSON.stringify(detail))) as AuditDetail) : null;
    await insertRows(transaction, AuditEntry, [
      {
        id: newId(),
        at: transaction.now,
        officerId,
        officeId,
        action,
        ticketId: ticketId ?? null,
        detail: masked,
      },
    ]);
  }
}
